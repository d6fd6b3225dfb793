import {
  plainText,
  type Publication,
  type Statement,
  type StatementFacts,
  type StatementFinding,
} from '@outcry/contracts'
import { channelKey } from './channel-key.ts'

/** What a person does with a statement. `version` is the one that was seen: what somebody changed meanwhile is not overwritten. */
export type StatementChange =
  | { type: 'edit'; version: number; facts: StatementFacts; text: string }
  | { type: 'approve'; version: number }
  /** `at`: when it was published, epoch ms, where that was before now. */
  | { type: 'publish'; channels: readonly Pick<Publication, 'channel' | 'url'>[]; at?: number | undefined }
  | { type: 'withdraw' }

export type ChangeContext = {
  actor: string
  nowMs: number
  /** `other`: who wrote it last does not approve it. */
  approval: 'anyone' | 'other'
  /** Of the statement as it is. */
  findings: readonly StatementFinding[]
}

const MAX_PUBLICATIONS = 100

/** The statement after the change, or why not. An edit takes the approval back; what was published is edited no more. */
export const changeStatement = (
  statement: Statement,
  change: StatementChange,
  { actor, nowMs, approval, findings }: ChangeContext,
): { statement: Statement } | { refused: string } => {
  const { state, version } = statement
  const changed = (to: Partial<Statement>) => ({ statement: { ...statement, ...to, updatedAt: nowMs } })
  if ('version' in change && change.version !== version)
    return { refused: `it was changed meanwhile: this is version ${version}, not ${change.version}` }
  switch (change.type) {
    case 'edit': {
      if (state !== 'draft' && state !== 'approved') return { refused: `it is ${state}` }
      const { facts, text } = change
      return changed({ state: 'draft', version: version + 1, facts, text, writtenBy: actor, approvedBy: null })
    }
    case 'approve': {
      if (state !== 'draft') return { refused: `it is ${state}` }
      if (approval === 'other' && actor === statement.writtenBy)
        return { refused: 'another person than the one who wrote it approves' }
      const blocking = findings.filter(({ blocks }) => blocks)
      if (blocking.length > 0) return { refused: blocking.map(({ message, fix }) => `${message} ${fix}`).join(' ') }
      return changed({ state: 'approved', approvedBy: actor })
    }
    case 'publish': {
      if (state !== 'approved' && state !== 'published') return { refused: `it is ${state}; approve it first` }
      const at = change.at ?? nowMs
      if (at > nowMs) return { refused: 'it cannot have been published later than now' }
      if (at < statement.createdAt) return { refused: 'it was not yet written at that time' }
      const past = findings.find(({ rule }) => rule === 'time-past')
      if (state === 'approved' && past !== undefined && !promisesAfter(statement, at))
        return { refused: `${past.message} ${past.fix} Or say when it was published, if that was in time` }
      if (change.channels.some(({ channel }) => channelKey(channel) === '')) return { refused: 'a channel has no name' }
      const publications = publishedToo(statement.publications, change.channels, { at, by: actor })
      if (publications.length > MAX_PUBLICATIONS)
        return { refused: `it was published in ${MAX_PUBLICATIONS} places, which are as many as are kept` }
      return changed({ state: 'published', publications })
    }
    case 'withdraw':
  }
  if (state === 'withdrawn') return { refused: 'it is withdrawn already' }
  if (state === 'published') return { refused: 'it is published; say what is right in an update' }
  return changed({ state: 'withdrawn' })
}

/** Whether what it promises was still to come at that time. */
const promisesAfter = ({ facts: { eta, nextUpdate } }: Statement, at: number): boolean =>
  [eta, nextUpdate].every((time) => time === undefined || time > at)

/** The same channel and address again is the same publication. */
const publishedToo = (
  before: readonly Publication[],
  channels: readonly Pick<Publication, 'channel' | 'url'>[],
  how: Pick<Publication, 'at' | 'by'>,
): readonly Publication[] => {
  const all = [...before]
  for (const { channel, url } of channels)
    if (!all.some((one) => one.url === url && channelKey(one.channel) === channelKey(channel)))
      all.push({ channel: plainText(channel), ...(url === undefined ? {} : { url }), ...how })
  return all
}
