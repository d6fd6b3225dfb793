import type { Connector } from '@outcry/connectors'
import type { Config } from '@outcry/contracts'

/** By name of the source, the brand that everything there is about; no entry where the text decides. */
export const brandsOfSources = (
  { brands, sources }: Pick<Config, 'brands' | 'sources'>,
  connectors: Readonly<Record<string, Connector>>,
): ReadonlyMap<string, string> => {
  const allBrands = brands.map(({ id }) => id)
  return new Map(
    sources.flatMap(({ name, connector, about, brands: allowed = allBrands }): [string, string][] => {
      if (about !== undefined) return [[name, about]]
      const [only, ...others] = allowed
      return connectors[connector]?.readsOwnPlaces === true && only !== undefined && others.length === 0
        ? [[name, only]]
        : []
    }),
  )
}
