import { type Connector, connectors } from '@outcry/connectors'
import type { Config } from '@outcry/contracts'
import { expect, it } from 'vitest'
import { brandsOfSources } from './brands-of-sources.ts'

const shop: Connector = { ...connectors['push']!, name: 'shop', readsOwnPlaces: true }
const known = { ...connectors, shop }
const brandOf = (source: { connector: string; about?: string; brands?: string[] }, ...ids: string[]) => {
  const brands = ids.map((id) => ({ id })) as Config['brands']
  return brandsOfSources({ brands, sources: [{ name: 'here', ...source }] }, known).get('here')
}

it('lets everything of a source be about the brand that it names', () => {
  expect(brandOf({ connector: 'push', about: 'globex' }, 'acme', 'globex')).toBe('globex')
  expect(brandOf({ connector: 'shop', about: 'globex', brands: ['acme'] }, 'acme', 'globex')).toBe('globex')
})

it("lets a brand's own place be about it where the source may speak of no other", () => {
  expect(brandOf({ connector: 'shop' }, 'acme')).toBe('acme')
  expect(brandOf({ connector: 'shop', brands: ['globex'] }, 'acme', 'globex')).toBe('globex')
  expect(brandOf({ connector: 'shop' }, 'acme', 'globex')).toBeUndefined()
  expect(brandOf({ connector: 'push' }, 'acme')).toBeUndefined()
  expect(brandOf({ connector: 'nowhere' }, 'acme')).toBeUndefined()
})
