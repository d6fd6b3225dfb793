import { DAY_MS } from '@outcry/contracts'
import { createTestDatabase } from '@outcry/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { saveIssue } from './alerting-state.ts'
import { replaceClusters } from './clusters.ts'
import { appendIssueEvents } from './issue-events.ts'
import { runRetention } from './retention.ts'
import { aCluster, anEvent, anIssue } from './rows-for-tests.ts'

const NOW = 1_800_000_000_000
const keep = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, audit: 730 }

it('takes quotes of posts that are too old out of what is kept for longer, by when they were written', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  const quote = (id: string, ageDays: number) => ({
    mentionId: id,
    at: NOW - ageDays * DAY_MS,
    source: 'file',
    excerpt: `I am ${id}`,
    url: `https://posts.example/${id}`,
  })
  const exemplars = [quote('young', 29), quote('old', 31)]
  const evidence = { ...anEvent({}).evidence, mentionIds: ['old', 'young'], exemplars }
  await saveIssue(pool, anIssue({ id: 'quoting', updatedAtMs: NOW, body: { evidence } }))
  await pool.transaction((tx) => appendIssueEvents(tx, [anEvent({ id: 'quoting', issueId: 'quoting', evidence })]))
  await replaceClusters(pool, 'acme', [aCluster({ exemplars })])
  await runRetention(pool, keep, NOW)
  const { rows } = await pool.query(
    `SELECT body -> 'evidence' AS found FROM outcry.issue WHERE id = 'quoting'
     UNION ALL SELECT body -> 'evidence' FROM outcry.issue_event WHERE id = 'quoting'
     UNION ALL SELECT body FROM outcry.cluster`,
  )
  const left = { ...evidence, exemplars: [quote('young', 29)] }
  expect(rows.map(({ found }) => found)).toEqual([left, left, expect.objectContaining({ exemplars: left.exemplars })])
})
