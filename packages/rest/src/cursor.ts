import { Type } from 'typebox'
import { createGuard } from '@outcry/contracts'
import type { Page, PageKey } from './ports-of-lists.ts'
import { Refusal } from './refusal.ts'

const isKey = createGuard(Type.Tuple([Type.Number({ minimum: -1e15, maximum: 1e16 }), Type.String({ maxLength: 600 })]))

/** A page key as an opaque string. */
export const encodeCursor = (key: PageKey): string =>
  Buffer.from(JSON.stringify([key.at, key.id])).toString('base64url')

/** The page key of a cursor; CURSOR_INVALID for anything this API did not give. */
export const decodeCursor = (cursor: string | undefined): PageKey | null => {
  if (cursor === undefined) return null
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (isKey(key)) return { at: key[0], id: key[1] }
  } catch {
    // falls through to the refusal
  }
  throw new Refusal('CURSOR_INVALID', 'Take the cursor from the nextCursor of the page before, or leave it out.')
}

/** A page as answered: the rows' views and the next cursor. */
export const pageView = <Row, View>(page: Page<Row>, view: (row: Row) => View) => ({
  items: page.rows.map(view),
  nextCursor: page.next === null ? null : encodeCursor(page.next),
})
