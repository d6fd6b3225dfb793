import { hash } from 'node:crypto'
import type { Mention } from '@outcry/contracts'
import type { MentionIndexRow } from '@outcry/store'

/**
 * What is known of a mention: where it went, in which revision. Without brands it was deleted upstream. `rev` of an edit is
 * followed by the name of its event, on a line of its own.
 */
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
  const isEdit = known !== undefined && revisionOf(known) !== mention.rev
  const event = known === undefined ? mention.rev : editAfter(known, mention.rev)
  index.set({
    mentionKey: index.keyOf(mention.id),
    authorKey: mention.author === undefined ? null : index.authorKeyOf(mention.author.id),
    mentionId: mention.id,
    brands: brands.length > 0 ? [...brands] : (known?.brands ?? []),
    rev: known === undefined ? mention.rev : `${mention.rev}\n${event}`,
    eventTimeMs: mention.eventTime,
  })
  const edited: Mention = { ...mention, op: 'update', rev: event }
  /** A brand that comes to a mention late gets it as an edit too; one that has this revision knows its event. */
  const sentTo = (brand: string) =>
    isEdit || (known !== undefined && !known.brands.includes(brand)) ? edited : mention
  const left = known?.brands.filter((brand) => !brands.includes(brand)) ?? []
  return [
    ...left.map((brand) => ({ brand, mention: { ...deletionOf(mention, mention), movedAway: true }, backfill })),
    ...brands.map((brand) => ({ brand, mention: byBrand(own, brand, sentTo(brand)), backfill })),
  ]
}

const byBrand = (own: readonly string[], brand: string, mention: Mention): Mention =>
  own.includes(brand) ? { ...mention, byBrand: true } : mention

/**
 * Names the event of an edit by all that came before it, so that a text that comes back, or a history that is read again
 * after a crash, is never taken for a copy of what was; and so that of one moment's revisions the last sorts last.
 */
const editAfter = (known: IndexRow, rev: string): string => {
  const before = known.rev.slice(known.rev.lastIndexOf('\n') + 1)
  const number = Number(EDIT.exec(before)?.[1] ?? 0) + 1
  const digest = hash('sha256', JSON.stringify([before, rev]), 'base64url').slice(0, 22)
  return `~${String(number).padStart(6, '0')}.${digest}`
}

/** "~" sorts behind every letter and digit. */
const EDIT = /^~(\d{6,15})\.[\w-]{22}$/

/** As the platform gave it. */
export const revisionOf = (known: IndexRow): string => {
  const end = known.rev.lastIndexOf('\n')
  return end >= 0 && EDIT.test(known.rev.slice(end + 1)) ? known.rev.slice(0, end) : known.rev
}

const isKnownRevision = (known: IndexRow, mention: Mention, brands: readonly string[]): boolean =>
  revisionOf(known) === mention.rev && brands.every((brand) => known.brands.includes(brand))

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
