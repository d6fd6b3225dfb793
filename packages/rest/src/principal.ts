import { type Role, watchedBrand } from '@outcry/contracts'
import type { BrandScope } from './ports-of-lists.ts'

/**
 * Who asks: a token's holder, or the browser session made from one. `credential` tells tokens and sessions apart in the
 * audit log: the beginning of their SHA-256.
 */
export type Principal = {
  name: string
  role: Role
  brands: BrandScope
  via: 'token' | 'session'
  credential: string
  /** Signed in by the identity provider. */
  provider?: boolean
}

const RANK: Readonly<Record<Role, number>> = { viewer: 0, responder: 1, admin: 2 }

/** Whether `held` may do what asks for `wanted`; a higher role may do all that a lower one may. */
export const roleCovers = (held: Role, wanted: Role): boolean => RANK[held] >= RANK[wanted]

/** Whether the scope covers the brand; `B#drill` is covered by `B`. */
export const scopeCovers = (scope: BrandScope, brand: string): boolean =>
  scope === null || scope.includes(brand) || scope.includes(watchedBrand(brand))
