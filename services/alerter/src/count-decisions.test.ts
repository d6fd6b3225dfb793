import { HELD_CODES } from '@outcry/alerting'
import { createMetrics } from '@outcry/runtime'
import { describe, expect, it } from 'vitest'
import { brandLabel } from './count-decisions.ts'

describe('counts of decisions', () => {
  it('are exported as zeros for every reason to hold a page', async () => {
    const metrics = createMetrics()
    metrics.announce({ brands: ['acme'], sources: [], targets: [] })
    const { body } = await metrics.expose()
    const told = [...body.matchAll(/outcry_pages_suppressed_total\{brand="acme",reason="([\w-]+)"\} 0/g)]
    expect(told.map(([, reason]) => reason!).toSorted()).toEqual([...HELD_CODES].toSorted())
  })

  it('share one label between all drills of a brand', () => {
    expect(['acme', 'acme#drill-checkout-1', 'acme#drill-checkout-2'].map(brandLabel)).toEqual([
      'acme',
      'acme#drill',
      'acme#drill',
    ])
  })
})
