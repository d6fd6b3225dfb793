import { useReading } from '../kit/use-reading.ts'
import type { Brand } from '../views/estate.ts'

const NONE: readonly Brand[] = []

/** The brands that are watched, as far as who looks may see them. */
export const useBrands = (): readonly Brand[] => useReading<{ items: Brand[] }>('/brands').data?.items ?? NONE

/** Whether it is not a brand that is watched, but the shadow of one in a drill. */
export const isDrill = (brand: string): boolean => brand.includes('#')

/** The brand that is watched, of a drill the one that it is about. */
export const watchedBrand = (id: string): string => id.split('#', 1)[0]!

/** A brand as people call it; a drill by the brand that it is about. */
export const brandNameOf = (brands: readonly Brand[], id: string): string => {
  const watched = watchedBrand(id)
  return brands.find((brand) => brand.id === watched)?.name ?? id
}
export const useBrandName = (id: string): string => brandNameOf(useBrands(), id)
/** The same for several. */
export const useBrandNames = (): ((id: string) => string) => {
  const brands = useBrands()
  return (id) => brandNameOf(brands, id)
}
