import { type Dashboard, MappingType } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline'
import { dashboard } from './dashboard.ts'
import { now, over, PROMETHEUS, sql } from './data-sources.ts'
import { lines, rows, stat } from './panels.ts'
import { sourceVariable } from './variables.ts'

const OF_SOURCE = 'source=~"$source"'

/** Every process that knows a source says so, and the best informed is believed: 2 live, 1 lagging, 0 blind. */
const STATE = `2 * max by (source) (outcry_source_state{${OF_SOURCE},state="live"})
  + max by (source) (outcry_source_state{${OF_SOURCE},state="lagging"})
  * (1 - max by (source) (outcry_source_state{${OF_SOURCE},state="live"}))`

const states = (): StateTimeline =>
  new StateTimeline()
    .title('State')
    .description('Since when is each source live, lagging or blind?')
    .datasource(PROMETHEUS)
    .span(24)
    .height(7)
    .targets([over(STATE, '{{source}}').refId('A')])
    .mappings([
      {
        type: MappingType.ValueToText,
        options: {
          0: { text: 'blind', color: 'red', index: 0 },
          1: { text: 'lagging', color: 'yellow', index: 1 },
          2: { text: 'live', color: 'green', index: 2 },
        },
      },
    ])

const newest = () =>
  stat({
    title: 'Newest mention',
    asks: 'How old is the newest mention of each source?',
    queries: [now(`1000 * max by (source) (outcry_source_last_event_timestamp_seconds{${OF_SOURCE}})`, '{{source}}')],
    width: 10,
    height: 6,
    unit: 'dateTimeFromNow',
  }).mappings([{ type: MappingType.ValueToText, options: { 0: { text: 'none yet', color: 'text', index: 0 } } }])

export const sources = (): Dashboard =>
  dashboard({
    uid: 'outcry-sources',
    title: 'Outcry: Sources',
    description: 'What Outcry sees of the world, how fresh it is, and what it cannot see or read.',
    from: 'now-6h',
    variables: [sourceVariable()],
    rows: [
      {
        title: 'Freshness',
        panels: [
          states(),
          newest(),
          stat({
            title: 'Heartbeat of ingest',
            asks: 'Do sources still reach the bus: how old is the newest heartbeat sent?',
            queries: [now('time() - max(outcry_canary_last_seen_timestamp_seconds{stage="ingest"})', 'age')],
            width: 4,
            height: 6,
            unit: 's',
            warn: 60,
            bad: 120,
          }),
          lines({
            title: 'Mentions',
            asks: 'How many mentions a second does each source bring?',
            queries: [
              over(`sum by (source) (rate(outcry_mentions_total{${OF_SOURCE}}[$__rate_interval]))`, '{{source}}'),
            ],
            width: 10,
            height: 6,
            unit: 'reqps',
          }),
          rows({
            title: 'Sources',
            asks: 'How is each source, since when and why (also where a platform limits its rate), and how far behind?',
            queries: [
              sql(`SELECT source, connector,
                     CASE WHEN heartbeat_at > now() - interval '35 seconds' THEN state ELSE 'blind' END AS state,
                     state_since AS since, reason, to_timestamp(last_event_at_ms / 1000.0) AS "newest mention",
                     round(extract(epoch FROM now()) - source_time_ms / 1000.0) AS "lag in s", gaps, owner
                   FROM outcry.source_state WHERE source IN (\${source:sqlstring})
                   ORDER BY state = 'live', source`),
            ],
            width: 24,
          }),
        ],
      },
      {
        title: 'What is missing',
        panels: [
          lines({
            title: 'Gaps',
            asks: 'Which sources lost mentions, or may have?',
            queries: [
              over(
                `sum by (source) (increase(outcry_source_gaps_total{${OF_SOURCE}}[$__rate_interval]))`,
                '{{source}}',
              ),
            ],
            width: 8,
          }),
          lines({
            title: 'Dead letters',
            asks: 'What could not be used, at which stage and why?',
            queries: [
              over(
                'sum by (stage, reason) (increase(outcry_dead_letters_total[$__rate_interval]))',
                '{{stage}}: {{reason}}',
              ),
            ],
            width: 8,
          }),
          lines({
            title: 'Not counted',
            asks: 'How many mentions were duplicates, late or refused?',
            queries: [over('sum by (what) (increase(outcry_mentions_skipped_total[$__rate_interval]))', '{{what}}')],
            width: 8,
          }),
        ],
      },
    ],
  })
