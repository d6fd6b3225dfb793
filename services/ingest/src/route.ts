import { hash } from 'node:crypto'
import type { Mention } from '@outcry/contracts'
import type { MentionIndexRow } from '@outcry/store'

/** What is known of a mention: where it went, in which revision. Without brands it was deleted upstream. */
export type IndexRow = Omit<MentionIndexRow, 'expiresAtMs'>

/** A mention on its way to one brand. */
export type Routed = { brand: string; mention: Mention; backfill: boolean }

/** A mention with its event time and the brands its text is about. */
export type Placed = {
  mention: Mention
  brands: readonly string[]
  /** Those of them whose own account wrote it. */
  own: readonly string[]
  backfill: boolean
}

/** What is known of mentions, as it changes while a batch is routed. */
export type IndexView = {
  get(mentionId: string): IndexRow | undefined
  ofAuthor(authorId: string): IndexRow[]
  set(row: IndexRow): void
  keyOf(mentionId: string): Uint8Array
  authorKeyOf(authorId: string): Uint8Array
}

/**
 * Where a mention goes. A known revision goes nowhere again; an edit goes to the brands it is about now and is a
 * deletion, marked as moved away, for those it was about before; a deletion goes to every brand that had the mention, or anything by the
 * author. Deleted mentions stay deleted when they are read again.
 */
export const route = ({ mention, brands, own, backfill }: Placed, index: IndexView): Routed[] => {
  if (mention.deleteAuthor === true && mention.author !== undefined)
    return index.ofAuthor(mention.author.id).flatMap((row) => forget(row, mention, index))
  const known = index.get(mention.id)
  if (mention.op === 'delete') return known === undefined ? [] : forget(known, mention, index)
  if (known === undefined && brands.length === 0) return []
  if (known !== undefined && (known.brands.length === 0 || isKnownRevision(known, mention, brands))) return []
  index.set({
    mentionKey: index.keyOf(mention.id),
    authorKey: mention.author === undefined ? null : index.authorKeyOf(mention.author.id),
    mentionId: mention.id,
    brands: brands.length > 0 ? [...brands] : (known?.brands ?? []),
    rev: mention.rev,
    eventTimeMs: mention.eventTime,
  })
  const edited: Mention = known !== undefined && known.rev !== mention.rev ? { ...mention, op: 'update' } : mention
  const left = known?.brands.filter((brand) => !brands.includes(brand)) ?? []
  return [
    ...left.map((brand) => ({ brand, mention: { ...deletionOf(mention, mention), movedAway: true }, backfill })),
    ...brands.map((brand) => ({ brand, mention: byBrand(own, brand, arrivingAt(brand, edited, known)), backfill })),
  ]
}

const byBrand = (own: readonly string[], brand: string, mention: Mention): Mention =>
  own.includes(brand) ? { ...mention, byBrand: true } : mention

/** An edit may bring back a text that the brand has seen before: that is another event, told by where it came from. */
const arrivingAt = (brand: string, edited: Mention, known: IndexRow | undefined): Mention =>
  known === undefined || known.brands.includes(brand)
    ? edited
    : { ...edited, op: 'update', rev: hash('sha256', JSON.stringify([known.rev, edited.rev]), 'base64url') }

const isKnownRevision = (known: IndexRow, mention: Mention, brands: readonly string[]): boolean =>
  known.rev === mention.rev && brands.every((brand) => known.brands.includes(brand))

/** Deletes a mention from every brand that had it. */
export const forget = (row: IndexRow, cause: Mention, index: IndexView): Routed[] => {
  // The row stays as a mark without anything of the mention in it, in case it is read again.
  index.set({ ...row, mentionId: '', authorKey: null, brands: [], rev: cause.rev })
  const mention = deletionOf({ ...cause, id: row.mentionId }, cause)
  return row.brands.map((brand) => ({ brand, mention, backfill: false }))
}

const deletionOf = ({ id, source, kind }: Mention, { rev, observedAt, eventTime, author }: Mention): Mention => ({
  id,
  op: 'delete',
  rev,
  kind,
  source,
  text: '',
  observedAt,
  eventTime,
  ...(author === undefined ? {} : { author }),
})
