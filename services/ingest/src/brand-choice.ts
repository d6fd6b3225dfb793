import type { BrandRules, Mention } from '@outcry/contracts'
import { createMatcher, type OwnAccounts } from '@outcry/text'

/** Which watched brands a mention is about, of those its source may speak of. */
export type BrandChoice = (
  mention: Mention,
  named: string | undefined,
  allowed: ReadonlySet<string>,
) => { brands: string[]; own: readonly string[] }

/**
 * A brand the sender named counts where it is configured, by id or name in any case; then the one that everything of the
 * source is about (`aboutOf`); else the text decides. Deletions have no text: the index knows their brands. What a
 * brand's own account replies concerns it, whatever it says.
 */
export const createBrandChoice = (
  rules: readonly BrandRules[],
  ownAccounts: OwnAccounts,
  aboutOf: ReadonlyMap<string, string> = new Map(),
): BrandChoice => {
  const match = createMatcher(rules)
  const ids = new Map<string, string>()
  for (const { id, name } of rules) if (name !== undefined) ids.set(name.toLowerCase(), id)
  for (const { id } of rules) ids.set(id, id)
  return (mention, named, allowed) => {
    if (mention.op === 'delete') return { brands: [], own: [] }
    const id = (named === undefined ? undefined : ids.get(named.toLowerCase())) ?? aboutOf.get(mention.source)
    const about = id === undefined ? match(mention) : [id]
    const own = ownAccounts(mention.author)
    const replying = mention.parentId === undefined ? [] : own.filter((brand) => !about.includes(brand))
    return { brands: [...about, ...replying].filter((brand) => allowed.has(brand)), own }
  }
}
