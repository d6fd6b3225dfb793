import { watchedBrand } from '@outcry/contracts'
import type { FeedPrincipal } from './ports.ts'

/** What a client wants to see, within what it may see. Null is all. */
export type Subscription = { brands: readonly string[] | null; kinds: readonly string[] | null }

/** A drill's brand `B#drill` belongs to `B`. */
const covers = (brands: readonly string[] | null, brand: string) =>
  brands === null || brands.includes(brand) || brands.includes(watchedBrand(brand))

/** Whether every wanted brand lies within the principal's. */
export const mayWant = (principal: FeedPrincipal, brands: readonly string[] | undefined): boolean =>
  (brands ?? []).every((brand) => covers(principal.brands, brand))

export const wants = (
  principal: FeedPrincipal,
  { brands, kinds }: Subscription,
  alert: { brand: string; kind: string },
): boolean =>
  covers(principal.brands, alert.brand) && covers(brands, alert.brand) && (kinds === null || kinds.includes(alert.kind))
