import type { BrandScope } from '@outcry/rest'

/** Whether a row's brand is within a scope; `B#drill` is within `B`. `$n` is a text[] or null for all. */
export const inScope = (parameter: string): string =>
  `(${parameter}::text[] IS NULL OR brand = ANY(${parameter}) OR split_part(brand, '#', 1) = ANY(${parameter}))`

export const scopeValue = (scope: BrandScope): string[] | null => (scope === null ? null : [...scope])

/** An empty filter is no filter. */
export const orNull = <T>(values: readonly T[]): T[] | null => (values.length === 0 ? null : [...values])

/** Text for LIKE, with its wildcards taken literally. */
export const likePattern = (text: string | null): string | null =>
  text === null ? null : `%${text.replaceAll('\0', '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** One row more than asked for says whether there is a next page. */
export const pageOf = <Row>(rows: Row[], limit: number, keyOf: (row: Row) => { at: number; id: string }) => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}
