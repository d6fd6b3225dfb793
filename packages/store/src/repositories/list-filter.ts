/** Brands a reader may see; null is all of them. A drill's shadow brand `B#drill` is within `B`. */
export type BrandScope = readonly string[] | null

/** Whether a row's brand is within a scope. The parameter is `scopeValue`'s. */
export const inScope = (parameter: string): string =>
  `(${parameter}::text[] IS NULL OR brand = ANY(${parameter}) OR split_part(brand, '#', 1) = ANY(${parameter}))`

export const scopeValue = (scope: BrandScope | undefined): string[] | null =>
  scope === null || scope === undefined ? null : [...scope]

/** A filter that names nothing filters nothing. */
export const someOf = <T>(values: readonly T[] | undefined): T[] | null =>
  values === undefined || values.length === 0 ? null : [...values]

/** Text for LIKE, with its wildcards taken literally. */
export const likePattern = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : `%${text.replaceAll('\0', '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
