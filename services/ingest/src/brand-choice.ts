import type { BrandRules, Mention } from '@outcry/contracts'
import { createMatcher } from '@outcry/text'

/** Which watched brands a mention is about, of those its source may speak of. */
export type BrandChoice = (mention: Mention, named: string | undefined, allowed: ReadonlySet<string>) => string[]

/**
 * A brand the sender named counts where it is configured, by id or name in any case; else the text decides. Deletions
 * have no text: the index knows their brands.
 */
export const createBrandChoice = (rules: readonly BrandRules[]): BrandChoice => {
  const match = createMatcher(rules)
  const ids = new Map<string, string>()
  for (const { id, name } of rules) if (name !== undefined) ids.set(name.toLowerCase(), id)
  for (const { id } of rules) ids.set(id, id)
  return (mention, named, allowed) => {
    if (mention.op === 'delete') return []
    const id = named === undefined ? undefined : ids.get(named.toLowerCase())
    return (id === undefined ? match(mention) : [id]).filter((brand) => allowed.has(brand))
  }
}
