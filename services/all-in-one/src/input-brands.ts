import type { BrandRules } from '@outcry/contracts'
import { createMatcher, createOwnAccounts } from '@outcry/engine'
import type { BrandMention } from '@outcry/replay'
import type { CommandIo } from './command-io.ts'
import type { InputMention } from './input-mentions.ts'

/**
 * Each mention under its brands. Without configured brands, a line's own brand counts as it is, else `fallback`. With
 * them, as live: the brand a line names counts by id or name in any case, else the text decides; what fits none is
 * left out and counted on stderr.
 */
export async function* withBrands(
  input: AsyncIterable<InputMention>,
  rules: readonly BrandRules[],
  fallback: string | undefined,
  io: CommandIo,
): AsyncGenerator<BrandMention> {
  const brandsOf = rules.length > 0 ? configured(rules, fallback) : asNamed(fallback)
  const ownOf = createOwnAccounts(rules)
  let unmatched = 0
  for await (const each of input) {
    const brands = brandsOf(each)
    const own = ownOf(each.mention.author)
    const replying = each.mention.parentId === undefined ? [] : own.filter((brand) => !brands.includes(brand))
    if (brands.length + replying.length === 0) unmatched += 1
    for (const brand of [...brands, ...replying])
      yield { brand, mention: own.includes(brand) ? { ...each.mention, byBrand: true } : each.mention }
  }
  if (unmatched > 0) io.stderr.write(`${unmatched} mentions are about no configured brand and were left out.\n`)
}

const asNamed =
  (fallback: string | undefined) =>
  ({ brand }: InputMention): string[] => {
    const named = brand ?? fallback
    return named === undefined ? [] : [named]
  }

const configured = (rules: readonly BrandRules[], fallback: string | undefined) => {
  const match = createMatcher(rules)
  const ids = new Map<string, string>()
  for (const { id, name } of rules) if (name !== undefined) ids.set(name.toLowerCase(), id)
  for (const { id } of rules) ids.set(id, id)
  return ({ brand, mention }: InputMention): string[] => {
    const named = brand ?? fallback
    const id = named === undefined ? undefined : ids.get(named.toLowerCase())
    return id === undefined ? match(mention) : [id]
  }
}
