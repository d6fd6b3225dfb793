import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard } from './dashboard.ts'
import { now, over, sql } from './data-sources.ts'
import { bars, lines, rows, stat } from './panels.ts'
import { brandVariable } from './variables.ts'

const GRAVEST = "array_position(ARRAY['crisis', 'major', 'incident'], issue.severity)"
const OF_BRAND = 'brand=~"$brand"'
/** Drills of a brand share one name in metrics, and so in the variable. */
const SHOWN = "regexp_replace(issue.brand, '#drill-.*$', '#drill') IN (${brand:sqlstring})"

export const onCall = (): Dashboard =>
  dashboard({
    uid: 'outcry-on-call',
    title: 'Outcry: On call',
    description: 'What burns now, what nobody has answered, and what paged.',
    from: 'now-6h',
    variables: [brandVariable()],
    rows: [
      {
        title: 'What burns now',
        panels: [
          stat({
            title: 'Open issues',
            asks: 'How many issues are open now, and how grave are they?',
            queries: [
              now(`sum by (severity) (max by (brand, severity) (outcry_issues_active{${OF_BRAND}}))`, '{{severity}}'),
            ],
            width: 6,
            warn: 1,
            bad: 5,
          }),
          stat({
            title: 'Unanswered',
            asks: 'How many open issues has nobody acknowledged?',
            queries: [sql(`SELECT count(*) AS unanswered FROM outcry.issue WHERE state = 'open' AND ${SHOWN}`)],
            width: 3,
            warn: 1,
            bad: 3,
          }),
          stat({
            title: 'Held',
            asks: 'How many issues wanted a page, got none, and were taken by nobody?',
            queries: [now(`sum(max by (brand) (outcry_issues_held{${OF_BRAND}}))`, 'held')],
            width: 3,
            warn: 1,
          }),
          stat({
            title: 'Pages left',
            asks: 'How many pages may each brand still cost this week?',
            queries: [
              now(
                `max by (brand) (outcry_page_budget_pages{${OF_BRAND}}) - max by (brand) (outcry_page_budget_used_pages{${OF_BRAND}})`,
                '{{brand}}',
              ),
            ],
            width: 6,
          }),
          stat({
            title: 'Blind sources',
            asks: 'How many sources does nobody see at present, so that silence there means nothing?',
            queries: [now('sum(min by (source) (outcry_source_state{state="blind"}))', 'blind')],
            width: 3,
            warn: 1,
            bad: 2,
          }),
          stat({
            title: 'Oldest heartbeat',
            asks: 'How long ago was the newest heartbeat sent that has passed every stage?',
            queries: [now('max(time() - max by (stage) (outcry_canary_last_seen_timestamp_seconds))', 'age')],
            width: 3,
            unit: 's',
            warn: 60,
            bad: 120,
          }),
          lines({
            title: 'Complaints against expected',
            asks: 'Does any brand hear more complaints within an hour than its baseline expects?',
            queries: [
              over(`sum by (brand) (increase(outcry_complaints_total{${OF_BRAND}}[1h]))`, '{{brand}}'),
              over(`max by (brand) (outcry_complaints_expected{${OF_BRAND}})`, '{{brand}} expected'),
            ],
            width: 8,
          }),
          bars({
            title: 'Overdue',
            asks: 'What do people owe that is over, and in how many issues?',
            queries: [now(`sum by (clock) (max by (brand, clock) (outcry_clocks_overdue{${OF_BRAND}}))`, '{{clock}}')],
            width: 4,
            warn: 1,
          }),
          lines({
            title: 'Alerts',
            asks: 'What did Outcry say, and how often, in each step?',
            queries: [over(`sum by (kind) (increase(outcry_alerts_total{${OF_BRAND}}[$__rate_interval]))`, '{{kind}}')],
            width: 6,
          }),
          lines({
            title: 'Not paged',
            asks: 'Which alerts did not page, and for what reason?',
            queries: [
              over(
                `sum by (reason) (increase(outcry_pages_suppressed_total{${OF_BRAND}}[$__rate_interval]))`,
                '{{reason}}',
              ),
            ],
            width: 6,
          }),
        ],
      },
      {
        title: 'Issues',
        panels: [
          rows({
            title: 'Top issues',
            asks: 'Which open issues are gravest, what are they about, and how far beyond the expected?',
            queries: [
              sql(`SELECT issue.severity, issue.brand, issue.label,
                     (issue.body -> 'evidence' ->> 'authors')::int AS people,
                     (issue.body -> 'evidence' ->> 'observed')::int AS "in window",
                     round((issue.body -> 'evidence' ->> 'expected')::numeric, 1) AS expected,
                     to_timestamp(issue.since_ms / 1000.0) AS since, issue.state, issue.page, issue.id AS issue
                   FROM outcry.issue
                   WHERE issue.state IN ('open', 'acknowledged', 'announced') AND ${SHOWN}
                   ORDER BY ${GRAVEST}, people DESC LIMIT 20`),
            ],
            width: 24,
          }),
          rows({
            title: 'Unanswered',
            asks: 'Which issues wait for somebody, for how long, and did they page?',
            queries: [
              sql(`SELECT issue.severity, issue.brand, issue.label, to_timestamp(issue.opened_at_ms / 1000.0) AS opened,
                     issue.body ->> 'pageReason' AS page, issue.id AS issue
                   FROM outcry.issue WHERE issue.state = 'open' AND ${SHOWN}
                   ORDER BY ${GRAVEST}, issue.opened_at_ms LIMIT 20`),
            ],
            width: 12,
          }),
          rows({
            title: 'Newest pages',
            asks: 'Who was woken last, for what, and did the message arrive?',
            queries: [
              sql(`SELECT issue.stored_at AS at, issue.brand, issue.body ->> 'severity' AS severity, issue.kind,
                     issue.body ->> 'label' AS label,
                     (SELECT string_agg(target || ' ' || state, ', ' ORDER BY target)
                      FROM outcry.delivery WHERE alert_id = issue.id) AS deliveries, issue.issue_id AS issue
                   FROM outcry.alert AS issue WHERE issue.page AND ${SHOWN}
                   ORDER BY issue.seq DESC LIMIT 20`),
            ],
            width: 12,
          }),
          rows({
            title: 'Muted',
            asks: 'Which issues, types or brands say nothing at present, who wanted it so, why, and until when?',
            queries: [
              sql(`SELECT issue.brand, issue.issue_type AS type, issue.issue_id AS issue, issue.owner, issue.reason,
                     to_timestamp(issue.until_ms / 1000.0) AS until
                   FROM outcry.mute AS issue
                   WHERE issue.until_ms > extract(epoch FROM now()) * 1000 AND ${SHOWN}
                   ORDER BY issue.until_ms LIMIT 50`),
            ],
            width: 24,
          }),
        ],
      },
    ],
  })
