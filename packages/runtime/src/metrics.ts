import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { zeroMetrics, type MetricScope } from './metric-zeros.ts'

/** Gauges of prom-client that end in `_total`, which `promtool check metrics` refuses. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/** Upper bounds of every duration histogram, in seconds. */
const SECONDS_BUCKETS = [1, 2, 5, 10, 30, 60, 120, 300]

/** Upper bounds of answers to requests, in seconds. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const createMetricSet = (registry: Registry) => {
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name: `outcry_${name}`, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge<L>({ name: `outcry_${name}`, help, labelNames, registers })
  const seconds = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets = SECONDS_BUCKETS) =>
    new Histogram<L>({ name: `outcry_${name}`, help, labelNames, registers, buckets })

  return {
    mentions: counter('mentions_total', 'Mentions taken in.', ['brand', 'source']),
    complaints: counter('complaints_total', 'Mentions scored as complaints.', ['brand', 'source']),
    complaintsExpected: gauge('complaints_expected', 'Complaints the baseline expects in the last hour.', ['brand']),
    mentionsSkipped: counter('mentions_skipped_total', 'Mentions counted but not used: duplicate, late or refused.', [
      'brand',
      'what',
    ]),
    burstsSuppressed: counter('bursts_suppressed_total', 'Bursts near an issue that opened none, by reason.', [
      'brand',
      'reason',
    ]),
    issuesActive: gauge('issues_active', 'Issues that are not resolved.', ['brand', 'severity']),
    alerts: counter('alerts_total', 'Alerts decided.', ['brand', 'kind', 'severity']),
    pages: counter('pages_total', 'Alerts that paged.', ['brand', 'severity']),
    pagesSuppressed: counter('pages_suppressed_total', 'Alerts that did not page, by reason.', ['brand', 'reason']),
    pageBudget: gauge('page_budget_pages', 'Pages that a brand may cost in 7 days.', ['brand']),
    pageBudgetUsed: gauge('page_budget_used_pages', 'Pages of the last 7 days that count against the budget.', [
      'brand',
    ]),
    pagePrice: gauge('page_price', 'What an issue has to be worth, of 10, to page now; infinite with no page left.', [
      'brand',
    ]),
    issuesHeld: gauge('issues_held', 'Issues that wanted a page, got none, and that nobody took.', ['brand']),
    clocksOverdue: gauge('clocks_overdue', 'Issues of which a clock is over and what it asks for is not done.', [
      'brand',
      'clock',
    ]),
    pagedClosed: gauge('paged_issues_closed', 'Paged issues that people closed in the last 4 weeks, by verdict.', [
      'brand',
      'verdict',
    ]),
    sourceState: gauge('source_state', '1 for the state a source is in, else 0.', ['source', 'state']),
    sourceLastEvent: gauge(
      'source_last_event_timestamp_seconds',
      'Event time of the newest mention of a source; 0 before the first.',
      ['source'],
    ),
    sourceGaps: counter('source_gaps_total', 'Times a source lost mentions, or may have.', ['source']),
    detectionDelay: seconds(
      'detection_delay_seconds',
      'From the newest mention used to the alert stored; a drill plays posts of the past, so its figures are no delay.',
      ['drill'],
    ),
    deliverySeconds: seconds('delivery_seconds', 'From alert stored to delivered.', ['target']),
    deliveries: counter('deliveries_total', 'Tries to deliver, by outcome.', ['target', 'outcome']),
    canaryLastSeen: gauge(
      'canary_last_seen_timestamp_seconds',
      'When the newest heartbeat that a stage has seen was sent; 0 before the first.',
      ['stage'],
    ),
    consumerLag: gauge('consumer_lag_messages', 'Records of a partition not yet taken in.', ['partition']),
    partitionStalled: gauge(
      'partition_stalled_seconds',
      'How long the detector, wherever it runs, has taken in nothing of a partition although records wait.',
      ['partition'],
    ),
    dependencyUp: gauge('dependency_up', '1 while the bus or the database answers this process, else 0.', [
      'dependency',
    ]),
    logGaps: counter('log_gaps_total', 'Times that records left the log before the detector had read them.', [
      'partition',
    ]),
    retentionDeleted: counter('retention_deleted_rows_total', 'Rows deleted because of their age.', ['table']),
    retentionLastSweep: gauge(
      'retention_last_sweep_timestamp_seconds',
      'When old rows were last deleted to the end.',
      [] as readonly string[],
    ),
    snapshotsRefused: counter('snapshots_refused_total', 'Stored states that could not be read, by reason.', [
      'reason',
    ]),
    snapshotSeconds: counter('snapshot_seconds_total', 'Time that making and packing snapshots took.', ['partition']),
    deadLetters: counter('dead_letters_total', 'Records that could not be used.', ['stage', 'reason']),
    bufferItems: gauge('buffer_items', 'Items in a bounded buffer.', ['buffer']),
    bufferLimit: gauge('buffer_limit_items', 'Bound of a buffer.', ['buffer']),
    embeddings: counter('embeddings_total', 'Texts the detector asked a sentence model about, by outcome.', [
      'outcome',
    ]),
    httpRequests: counter('http_requests_total', 'Requests answered, by pattern of the route.', ['route', 'status']),
    httpSeconds: seconds('http_request_seconds', 'From request to answer.', ['route'], REQUEST_BUCKETS),
    feedClients: gauge('feed_clients', 'Clients connected to the feed.', [] as readonly string[]),
    feedClosed: counter('feed_closed_total', 'Feed connections closed by the server, by reason.', ['reason']),
  }
}

export type MetricSet = ReturnType<typeof createMetricSet>

/** The metrics of one process. Labels are bounded: names from the configuration, or the constants of the code. */
export type Metrics = MetricSet & {
  registry: Registry
  /** Exports zeros for everything configured, so that a rate exists before the first event. */
  announce(scope: MetricScope): void
  /** 1 for the state the source is in, 0 for the others. */
  setSourceState(source: string, state: 'live' | 'lagging' | 'blind'): void
  /** Text exposition format of Prometheus. */
  expose(): Promise<{ contentType: string; body: string }>
}

/** One registry with every metric of Outcry; `process: true` adds those of Node itself. */
export const createMetrics = (options: { process?: boolean } = {}): Metrics => {
  const registry = new Registry()
  const set = createMetricSet(registry)
  if (options.process) {
    collectDefaultMetrics({ register: registry })
    for (const name of MISNAMED) registry.removeSingleMetric(name)
  }
  return {
    ...set,
    registry,
    announce: (scope) => zeroMetrics(set, scope),
    setSourceState: (source, state) => {
      for (const each of ['live', 'lagging', 'blind'] as const) {
        set.sourceState.set({ source, state: each }, each === state ? 1 : 0)
      }
    },
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}
