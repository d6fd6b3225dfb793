import { createHash } from 'node:crypto'
import type { LoadedConfig } from '@outcry/runtime'

export const DEMO_BRAND = { id: 'demo', name: 'Demo' } as const

/** The shortest configuration that watches something, without an account anywhere. */
export const SHORTEST_CONFIG = `brands:
  - id: acme
    terms: [Acme]
sources:
  - connector: bluesky-jetstream
`

/** Whether nothing is configured, so that the demo brand is watched. */
export const watchesDemo = ({ path, config }: LoadedConfig): boolean => path === null && config.brands.length === 0

/** What a start without a configuration watches: one brand, that only drills speak of. */
export const withDemoBrand = (loaded: LoadedConfig): LoadedConfig => {
  const brand = { ...DEMO_BRAND, terms: [DEMO_BRAND.name], handles: [], exclude: [], languages: [] }
  const detectionSettings = { ...loaded.detectionSettings, brands: [brand.id] }
  const digest = createHash('sha256').update(JSON.stringify(detectionSettings)).digest('hex')
  return { ...loaded, config: { ...loaded.config, brands: [brand] }, detectionSettings, digest }
}
