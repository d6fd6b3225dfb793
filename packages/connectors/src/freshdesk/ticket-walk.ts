import { SECOND_MS } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { fieldsOf, isoTimeOf } from '../fields.ts'
import { PER_PAGE } from './freshdesk-client.ts'

/** A list of tickets ends after so many pages. */
const MAX_PAGES = 300
/** A change may show some seconds late. */
const REWIND_S = 120

/**
 * `sinceS`, `page`: what is asked for next. `newestS`: newest change that was delivered. `settledS`: newest change when the
 * list was last read to its end, up to which everything is known. Epoch seconds.
 */
export const Walk = Type.Object({
  sinceS: Type.Integer({ minimum: 0 }),
  page: Type.Integer({ minimum: 1, maximum: MAX_PAGES }),
  newestS: Type.Integer({ minimum: 0 }),
  settledS: Type.Integer({ minimum: 0 }),
})
export type Walk = Static<typeof Walk>

export const walkFrom = (startS: number): Walk => ({
  sinceS: startS,
  page: 1,
  newestS: startS,
  settledS: startS,
})

/**
 * Where the walk goes on after a page. A ticket that changes meanwhile leaves its page, and those after it move up: so
 * each page is asked for as the first one since the last change seen, and later pages only of what changed within one
 * second. `lost`: more changed in it than the platform shows.
 */
export const afterPage = (
  walk: Walk,
  tickets: readonly unknown[],
  nowS: number,
): { walk: Walk; isEnd: boolean; lost: boolean } => {
  const changedMs = isoTimeOf(fieldsOf(tickets.at(-1))?.['updated_at'])
  const lastS = changedMs === undefined ? walk.newestS : Math.floor(changedMs / SECOND_MS)
  const newestS = Math.min(Math.max(walk.newestS, lastS), nowS)
  const { sinceS, page, settledS } = walk
  if (tickets.length < PER_PAGE) {
    const end = { sinceS: Math.max(0, newestS - REWIND_S), page: 1, newestS, settledS: newestS }
    return { walk: end, isEnd: true, lost: false }
  }
  const next = (change: Pick<Walk, 'sinceS' | 'page'>, lost = false) => ({
    walk: { ...change, newestS, settledS },
    isEnd: false,
    lost,
  })
  // Whether the time itself is in the answer is not documented.
  if (lastS - 1 > sinceS) return next({ sinceS: lastS - 1, page: 1 })
  return page < MAX_PAGES ? next({ sinceS, page: page + 1 }) : next({ sinceS: sinceS + 1, page: 1 }, true)
}
