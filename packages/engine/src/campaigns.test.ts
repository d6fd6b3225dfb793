import { HOUR_MS, type Mention, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START, heartbeat, madeMentions, mentionOf, recordsOf } from '../test/made-stream.ts'
import { createPartitionEngine } from './index.ts'

const PASTED = 'Shame on this shop, my parcel never arrived and support refuses to refund the money, boycott them now'
const DECORATIONS = ['', '!', '!!', ' @shop', ' …']

/** Ten quiet hours, and in the ninth the same words pasted by so many accounts. */
const opened = (accounts: number, pastes: number, change: Partial<Mention> = {}) => {
  const engine = createPartitionEngine({ idKey: 'key' })
  const quiet = madeMentions(5).filter(({ id }) => !id.startsWith('burst-'))
  const pasted = Array.from({ length: pastes }, (_, at) => ({
    ...mentionOf(
      `paste-${at}`,
      START + 8 * HOUR_MS + at * MINUTE_MS,
      PASTED + DECORATIONS[at % DECORATIONS.length]!,
      `pasting-${at % accounts}`,
    ),
    ...(at === 0 || at === pastes - 1 ? {} : change),
  }))
  const records = recordsOf(
    'acme',
    [...quiet, ...pasted].sort((a, b) => a.eventTime - b.eventTime),
  )
  const effects = [...records, heartbeat('acme', START + 10 * HOUR_MS)].flatMap((record, at) =>
    engine.apply(at, START + WEEK_MS, record),
  )
  const rows = effects.flatMap((effect) => (effect.type === 'mention' ? [effect.mention.id] : []))
  expect(rows.filter((id) => id.startsWith('paste-'))).toHaveLength(pastes)
  return effects.flatMap((effect) =>
    effect.type === 'issue' && effect.event.kind === 'opened' ? [effect.event.evidence] : [],
  )
}

describe('copied posts', () => {
  it('of thirty accounts are shown as one coordinated campaign with its posts', () => {
    const [campaign, ...others] = opened(30, 30)
    expect(others).toEqual([])
    expect(campaign!.authenticity).toBe('coordinated')
    expect(campaign!.observed).toBeGreaterThanOrEqual(20)
    expect(campaign!.mentionIds.length).toBeGreaterThanOrEqual(20)
    expect(campaign!.mentionIds.every((id) => id.startsWith('paste-'))).toBe(true)
  })

  it('are no campaign where thirty accounts repost one post and a last one writes its words', () => {
    expect(opened(32, 32, { repostOf: 'paste-0' })).toEqual([])
  })

  it('of three accounts open nothing, however many, and are still counted', () => {
    expect(opened(3, 40)).toEqual([])
  })
})
