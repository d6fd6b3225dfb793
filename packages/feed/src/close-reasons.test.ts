import { FEED_CLOSE_REASONS } from '@outcry/contracts'
import { createMetrics } from '@outcry/runtime'
import { expect, it } from 'vitest'

it('are all counted from zero, so that the first one of a kind shows as a rise', async () => {
  const metrics = createMetrics()
  metrics.announce({ brands: [], sources: [], targets: [] })
  const { values } = await metrics.feedClosed.get()
  expect(values.map(({ labels }) => labels.reason)).toEqual(expect.arrayContaining(Object.keys(FEED_CLOSE_REASONS)))
  expect(values).toHaveLength(Object.keys(FEED_CLOSE_REASONS).length)
})
