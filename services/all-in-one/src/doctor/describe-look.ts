import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { SourceLook } from './look-at-source.ts'

/** What one call of a source showed, in lines for people. */
export const describeLook = (look: SourceLook): string[] => {
  const { ok, source, connector, detail, tookMs, mentions, newest, unreadable, gaps, lagMs, rateLimit } = look
  const told = Object.entries(rateLimit).map(([name, value]) => `${name} ${value}`)
  const rows: [string, string][] = [
    ['answer', `${detail} (${connector}, after ${tookMs} ms)`],
    ['mentions', mentions === 0 ? 'none came' : `${mentions} came`],
    ...(newest === null ? [] : newestRows(newest)),
    ...(unreadable.count === 0 ? [] : [row('unreadable', `${unreadable.count}, the first ${unreadable.first}`)]),
    ...gaps.map((reason) => row('missing', reason)),
    ...(lagMs === null ? [] : [row('lag', spanOf(lagMs))]),
    ...(told.length === 0 ? [] : [row('limit left', told.join(', '))]),
  ]
  const lines = rows.map(([name, value]) => `      ${name.padEnd(12)}${value}`)
  const webhooks = look.webhooks.flatMap((finding) => [
    `${finding.ok ? 'ok  ' : 'FAIL'}  ${finding.check}: ${finding.detail}`,
    ...(finding.fix === undefined ? [] : [`      ${finding.fix}`]),
  ])
  return [`${ok ? 'ok  ' : 'FAIL'}  source ${source}`, ...lines, ...webhooks]
}

const spanOf = (ms: number): string => {
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return ms < 2 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : `${Math.round(ms / DAY_MS)} d`
}

const row = (name: string, value: string): [string, string] => [name, value]

const newestRows = ({ at, ageMs, firstWords }: NonNullable<SourceLook['newest']>): [string, string][] => [
  row('newest', at === null || ageMs === null ? 'of no time that is told' : `${at}, ${spanOf(Math.max(0, ageMs))} ago`),
  row('', `"${firstWords}"`),
]
