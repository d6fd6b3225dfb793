import type { Author, BrandRules } from '@outcry/contracts'
import { fold } from './fold.ts'

/** Ids of the brands whose own account wrote a post. */
export type OwnAccounts = (author: Author | undefined) => readonly string[]

const NOBODY: readonly string[] = []

/**
 * Knows the accounts in `handles` by the handle of an author, in any case and with or without "@", or by the id:
 * `idsOf` gives the ids that an account of that name may have in mentions, where those are hashed.
 */
export function createOwnAccounts(
  rules: readonly Pick<BrandRules, 'id' | 'handles'>[],
  idsOf: (account: string) => readonly string[] = (account) => [account],
): OwnAccounts {
  const byHandle = new Map<string, string[]>()
  const byId = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, key: string, brand: string) => {
    const brands = map.get(key) ?? []
    if (!brands.includes(brand)) map.set(key, [...brands, brand])
  }
  for (const { id: brand, handles } of rules)
    for (const handle of handles) {
      const account = handle.trim().replace(/^@/, '')
      add(byHandle, fold(account), brand)
      for (const id of idsOf(account)) add(byId, id, brand)
    }
  return (author) => {
    if (author === undefined || byHandle.size === 0) return NOBODY
    const named = author.handle === undefined ? undefined : byHandle.get(fold(author.handle).replace(/^@/, ''))
    return named ?? byId.get(author.id) ?? NOBODY
  }
}
