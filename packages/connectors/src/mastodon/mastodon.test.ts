import { describe } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startPolledMastodon, startStreamedMastodon } from './faulty-mastodon.ts'

const connector = connectors['mastodon']!

describe('polling without a token', () => {
  complianceSuite({
    connector,
    ends: false,
    canGoDark: true,
    canRefuse: true,
    looksBack: true,
    start: startPolledMastodon,
  })
})

describe('streaming with a token', () => {
  complianceSuite({
    connector,
    ends: false,
    canGoDark: true,
    canRefuse: true,
    looksBack: false,
    start: startStreamedMastodon,
  })
})
