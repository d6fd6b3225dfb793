import { OutcryError, type Fault } from '@outcry/contracts'

/** Fields of an input line that can be named by `--map`. */
export const MENTION_FIELDS = [
  'id',
  'brand',
  'source',
  'text',
  'title',
  'createdAt',
  'author.id',
  'author.handle',
  'author.followers',
  'lang',
  'rating.value',
  'rating.min',
  'rating.max',
  'url',
  'parentId',
  'repostOf',
  'quoteOf',
  'kind',
  'op',
  'rev',
] as const
export type MentionField = (typeof MENTION_FIELDS)[number]

/** Which column (of CSV) or key (of JSON, dots reach into objects) each renamed field is read from. */
export type FieldMap = ReadonlyMap<MentionField, string>

/** Reads `field=column` pairs. Throws `INPUT_MAP_INVALID` with every fault. */
export const parseFieldMap = (pairs: readonly string[]): FieldMap => {
  const map = new Map<MentionField, string>()
  const faults: Fault[] = []
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const field = pair.slice(0, at) as MentionField
    const column = pair.slice(at + 1)
    if (at < 1 || column === '')
      faults.push({
        path: '--map',
        value: pair,
        message: 'is no field=column pair',
        fix: 'write for example createdAt=ts',
      })
    else if (!MENTION_FIELDS.includes(field))
      faults.push({
        path: '--map',
        value: pair,
        message: `"${field}" is no field`,
        fix: `use one of ${MENTION_FIELDS.join(', ')}`,
      })
    else map.set(field, column)
  }
  if (faults.length > 0)
    throw new OutcryError('INPUT_MAP_INVALID', 'The mapping of fields to columns cannot be used.', {
      faults,
      fix: faults[0]!.fix,
      exitCode: 2,
    })
  return map
}
