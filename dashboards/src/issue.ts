import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard } from './dashboard.ts'
import { over, sql } from './data-sources.ts'
import { bars, lines, rows } from './panels.ts'
import { issueVariable } from './variables.ts'

/** The issue asked for, or the newest where none was. */
const CHOSEN = `chosen AS (
  SELECT * FROM outcry.issue WHERE \${issue:sqlstring} IN ('', id) ORDER BY opened_at_ms DESC, id DESC LIMIT 1
)`

const chosen = (select: string) => `WITH ${CHOSEN} ${select}`

export const issue = (): Dashboard =>
  dashboard({
    uid: 'outcry-issue',
    title: 'Outcry: Issue',
    description: 'One issue: what is said, by how many, where, since when, and what was done about it.',
    from: 'now-24h',
    variables: [issueVariable()],
    rows: [
      {
        title: 'What it is',
        panels: [
          rows({
            title: 'The issue',
            asks: 'What is it about, how grave is it, how many say it, and why did it page or not?',
            queries: [
              sql(
                chosen(`SELECT label, brand, severity, state, (body -> 'evidence' ->> 'authors')::int AS people,
                     (body -> 'evidence' ->> 'mentions')::int AS posts, body -> 'evidence' ->> 'authenticity' AS voices,
                     to_timestamp(since_ms / 1000.0) AS since, to_timestamp(opened_at_ms / 1000.0) AS opened,
                     body ->> 'pageReason' AS page, id AS issue FROM chosen`),
              ),
            ],
            width: 24,
            height: 4,
          }),
          rows({
            title: 'Why it opened',
            asks: 'What was counted, and what makes it doubtful or sure?',
            queries: [
              sql(
                chosen(
                  `SELECT reason FROM chosen, jsonb_array_elements_text(body -> 'evidence' -> 'reasons') AS reason`,
                ),
              ),
            ],
            width: 12,
          }),
          rows({
            title: 'Posts',
            asks: 'What do people say, in their own words, and where can it be read?',
            queries: [
              sql(
                chosen(`SELECT to_timestamp((post ->> 'at')::bigint / 1000.0) AS at, post ->> 'source' AS source,
                     post ->> 'excerpt' AS excerpt,
                     CASE WHEN post ->> 'url' ~ '^https?://' THEN post ->> 'url' END AS url
                   FROM chosen, jsonb_array_elements(body -> 'evidence' -> 'exemplars') AS post ORDER BY at`),
              ),
            ],
            width: 12,
          }),
        ],
      },
      {
        title: 'How it goes',
        panels: [
          lines({
            title: 'People against expected',
            asks: 'How many people said it in each ten minutes, and how many were expected?',
            queries: [
              sql(
                chosen(`SELECT to_timestamp((step ->> 'at')::bigint / 1000.0) AS time,
                     (step ->> 'people')::int AS people, (step ->> 'expected')::float8 AS expected
                   FROM chosen, jsonb_array_elements(body -> 'evidence' -> 'series') AS step ORDER BY time`),
                'time_series',
              ),
            ],
            width: 12,
          }),
          lines({
            title: 'All complaints of all brands',
            asks: 'Is this issue alone, or does everything rise at the same time?',
            queries: [over('sum by (brand) (increase(outcry_complaints_total[$__rate_interval]))', '{{brand}}')],
            width: 12,
          }),
          bars({
            title: 'Platforms',
            asks: 'Where is it said?',
            queries: [
              sql(
                chosen(`SELECT platform.key AS source, platform.value::int AS posts
                   FROM chosen, jsonb_each_text(body -> 'evidence' -> 'platforms') AS platform ORDER BY posts DESC`),
              ),
            ],
            width: 8,
          }),
          bars({
            title: 'People',
            asks: 'How loud are those who say it: how many wrote once, twice, or more?',
            queries: [
              sql(
                chosen(`SELECT least(posts, 5)::text || CASE WHEN posts >= 5 THEN ' or more' ELSE '' END AS "posts each",
                     count(*)::int AS people
                   FROM (SELECT count(*) AS posts FROM outcry.mention
                         WHERE issue_id = (SELECT id FROM chosen) GROUP BY author_id) AS person
                   GROUP BY 1 ORDER BY 1`),
              ),
            ],
            width: 8,
          }),
          rows({
            title: 'Terms',
            asks: 'Which words mark it, and in how many of the kept posts do they stand?',
            queries: [
              sql(
                chosen(`SELECT term, count(mention.id)::int AS posts
                   FROM chosen CROSS JOIN jsonb_array_elements_text(body -> 'evidence' -> 'terms') AS term
                   LEFT JOIN outcry.mention ON mention.issue_id = chosen.id
                     AND position(lower(term) in lower(mention.body ->> 'text')) > 0
                   GROUP BY term ORDER BY posts DESC`),
              ),
            ],
            width: 8,
          }),
        ],
      },
      {
        title: 'What was done',
        panels: [
          rows({
            title: 'Timeline',
            asks: 'What happened, when, by whom, and with what reason?',
            queries: [
              sql(
                chosen(`SELECT at, kind, actor, coalesce(timeline.body ->> 'pageReason', timeline.body ->> 'reason', timeline.body ->> 'note') AS why
                   FROM outcry.timeline WHERE issue_id = (SELECT id FROM chosen) ORDER BY at DESC, seq DESC LIMIT 200`),
              ),
            ],
            width: 14,
            height: 10,
          }),
          rows({
            title: 'Deliveries',
            asks: 'Whom was it told, after how many tries, and what did they answer?',
            queries: [
              sql(
                chosen(`SELECT created_at AS at, target, state, attempts, last_status AS status, last_error AS error, finished_at AS finished
                   FROM outcry.delivery WHERE issue_id = (SELECT id FROM chosen) ORDER BY created_at DESC LIMIT 200`),
              ),
            ],
            width: 10,
            height: 10,
          }),
        ],
      },
    ],
  })
