import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard } from './dashboard.ts'
import { buckets, now, over, sql } from './data-sources.ts'
import { heatmap, lines, rows, stat } from './panels.ts'

const quantile = (share: number, metric: string, by: string) =>
  `histogram_quantile(${share}, sum by (le, ${by}) (rate(${metric}_bucket[$__rate_interval])))`

export const pipeline = (): Dashboard =>
  dashboard({
    uid: 'outcry-pipeline',
    title: 'Outcry: Pipeline',
    description: 'Whether what comes in is counted and told in time, and where it waits.',
    from: 'now-3h',
    variables: [],
    rows: [
      {
        title: 'Health',
        panels: [
          stat({
            title: 'Processes',
            asks: 'Does every process of Outcry answer?',
            queries: [now('sum(up{job="outcry"})', 'up'), now('count(up{job="outcry"})', 'known')],
            width: 4,
          }),
          stat({
            title: 'Bus and database',
            asks: 'Do the bus and the database answer every process?',
            queries: [now('min by (dependency) (outcry_dependency_up)', '{{dependency}}')],
            width: 5,
          }),
          stat({
            title: 'Heartbeats',
            asks: 'How old is the newest heartbeat that passed each stage?',
            queries: [now('time() - max by (stage) (outcry_canary_last_seen_timestamp_seconds)', '{{stage}}')],
            width: 6,
            unit: 's',
            warn: 60,
            bad: 120,
          }),
          stat({
            title: 'Standing still',
            asks: 'For how long has any partition had records that nobody takes in?',
            queries: [now('max(outcry_partition_stalled_seconds)', 'stalled')],
            width: 4,
            unit: 's',
            warn: 30,
            bad: 60,
          }),
          stat({
            title: 'Lost unread',
            asks: 'How often did records leave the log before the detector had read them?',
            queries: [now('sum(outcry_log_gaps_total)', 'gaps')],
            width: 5,
            bad: 1,
          }),
        ],
      },
      {
        title: 'Throughput and delay',
        panels: [
          lines({
            title: 'In',
            asks: 'How many mentions a second come in, and how many of them complain?',
            queries: [
              over('sum(rate(outcry_mentions_total[$__rate_interval]))', 'mentions'),
              over('sum(rate(outcry_complaints_total[$__rate_interval]))', 'complaints'),
            ],
            width: 8,
            unit: 'reqps',
          }),
          lines({
            title: 'Lag',
            asks: 'How many records wait for the detector in each partition?',
            queries: [over('max by (partition) (outcry_consumer_lag_messages)', 'partition {{partition}}')],
            width: 8,
            unit: 'short',
          }),
          lines({
            title: 'Detection delay',
            asks: 'How long after the newest post it used is an alert stored? (A drill plays posts of the past.)',
            queries: [
              over(quantile(0.5, 'outcry_detection_delay_seconds', 'drill'), 'half, drill {{drill}}'),
              over(quantile(0.95, 'outcry_detection_delay_seconds', 'drill'), '95 %, drill {{drill}}'),
            ],
            width: 8,
            unit: 's',
          }),
        ],
      },
      {
        title: 'Deliveries',
        panels: [
          lines({
            title: 'Delivered after',
            asks: 'How long after an alert is stored has each target taken it?',
            queries: [
              over(quantile(0.5, 'outcry_delivery_seconds', 'target'), '{{target}} half'),
              over(quantile(0.99, 'outcry_delivery_seconds', 'target'), '{{target}} 99 %'),
            ],
            width: 8,
            unit: 's',
          }),
          heatmap({
            title: 'Spread of delivery times',
            asks: 'Do a few deliveries take far longer than the others?',
            queries: [buckets('sum by (le) (increase(outcry_delivery_seconds_bucket[$__rate_interval]))')],
            width: 8,
          }),
          lines({
            title: 'Tries',
            asks: 'Which targets take what is sent, which make it wait, and what was given up?',
            queries: [
              over(
                'sum by (target, outcome) (increase(outcry_deliveries_total[$__rate_interval]))',
                '{{target}} {{outcome}}',
              ),
            ],
            width: 8,
          }),
          rows({
            title: 'Waiting and given up',
            asks: 'Which messages have not arrived, why, and when are they tried again?',
            queries: [
              sql(`SELECT created_at AS at, target, brand, state, attempts, last_status AS status, last_error AS error,
                     due_at AS due, issue_id AS issue
                   FROM outcry.delivery WHERE state IN ('pending', 'dead') ORDER BY created_at DESC LIMIT 100`),
            ],
            width: 24,
          }),
        ],
      },
      {
        title: 'Buffers and processes',
        panels: [
          lines({
            title: 'Buffers',
            asks: 'What waits in each queue inside Outcry?',
            queries: [over('max by (buffer) (outcry_buffer_items)', '{{buffer}}')],
            width: 8,
          }),
          lines({
            title: 'Fill of bounded buffers',
            asks: 'How near to its bound is each buffer?',
            queries: [over('max by (buffer) (outcry_buffer_items / (outcry_buffer_limit_items > 0))', '{{buffer}}')],
            width: 8,
            unit: 'percentunit',
          }),
          lines({
            title: 'Dead letters',
            asks: 'How many records a step could not be used, at which stage?',
            queries: [over('sum by (stage) (increase(outcry_dead_letters_total[$__rate_interval]))', '{{stage}}')],
            width: 8,
          }),
          lines({
            title: 'Answers of the API',
            asks: 'How many requests a second are answered, with which status?',
            queries: [over('sum by (status) (rate(outcry_http_requests_total[$__rate_interval]))', '{{status}}')],
            width: 8,
            unit: 'reqps',
          }),
          lines({
            title: 'Memory',
            asks: 'How much memory does each process hold?',
            queries: [over('process_resident_memory_bytes{job="outcry"}', '{{instance}}')],
            width: 8,
            unit: 'bytes',
          }),
          lines({
            title: 'CPU',
            asks: 'How many cores does each process use?',
            queries: [over('rate(process_cpu_seconds_total{job="outcry"}[$__rate_interval])', '{{instance}}')],
            width: 8,
            unit: 'short',
          }),
        ],
      },
    ],
  })
