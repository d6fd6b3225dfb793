import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

describe('metrics', () => {
  it('exist as zeros for everything configured, before anything happened', async () => {
    const metrics = createMetrics()
    metrics.announce({ brands: ['acme', 'beta'], sources: [{ name: 'file', brands: ['acme'] }], targets: ['hook'] })
    const { body, contentType } = await metrics.expose()
    expect(contentType).toContain('text/plain')
    for (const line of [
      'outcry_mentions_total{brand="acme",source="file"} 0',
      'outcry_alerts_total{brand="beta",kind="opened",severity="crisis"} 0',
      'outcry_issues_active{brand="beta",severity="major"} 0',
      'outcry_pages_total{brand="beta",severity="crisis"} 0',
      'outcry_pages_suppressed_total{brand="beta",reason="price"} 0',
      'outcry_bursts_suppressed_total{brand="beta",reason="few-accounts"} 0',
      'outcry_source_state{source="file",state="blind"} 1',
      'outcry_deliveries_total{target="hook",outcome="dead"} 0',
      'outcry_delivery_seconds_count{target="hook"} 0',
      'outcry_delivery_seconds_bucket{le="300",target="hook"} 0',
      'outcry_detection_delay_seconds_count{drill="false"} 0',
      'outcry_detection_delay_seconds_count{drill="true"} 0',
      'outcry_canary_last_seen_timestamp_seconds{stage="detector"} 0',
      'outcry_source_gaps_total{source="file"} 0',
      'outcry_dead_letters_total{stage="ingest",reason="unknown_shape"} 0',
      'outcry_feed_closed_total{reason="slow_consumer"} 0',
    ]) {
      expect(body).toContain(line)
    }
    expect(body).not.toContain('brand="beta",source="file"')
  })

  it('say nothing of sources in a process that does not know how they are, and no canary where nothing sends one', async () => {
    const metrics = createMetrics()
    metrics.announce({ brands: ['acme'], sources: [{ name: 'file' }], targets: [], judgesSources: false })
    expect((await metrics.expose()).body).not.toContain('outcry_source_state{')
    const unfed = createMetrics()
    unfed.announce({ brands: ['demo'], sources: [], targets: [] })
    expect((await unfed.expose()).body).not.toContain('outcry_canary_last_seen_timestamp_seconds{')
  })

  it('have one state a source', async () => {
    const metrics = createMetrics()
    metrics.setSourceState('file', 'live')
    metrics.setSourceState('file', 'lagging')
    const { body } = await metrics.expose()
    expect(body.match(/outcry_source_state\{.*\} 1/g)).toEqual(['outcry_source_state{source="file",state="lagging"} 1'])
  })

  it('keep their own registry each, so that two can live in one process', async () => {
    const [a, b] = [createMetrics({ process: true }), createMetrics({ process: true })]
    a.mentions.inc({ brand: 'acme', source: 'file' })
    expect((await b.expose()).body).not.toContain('acme')
    expect((await a.expose()).body).toContain('process_resident_memory_bytes')
  })
})
