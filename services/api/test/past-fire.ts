import type { Statement } from '@outcry/contracts'
import { addStatement, appendTimeline, saveKnownEvent, upsertMentions } from '@outcry/store'
import { issueOf, storeIssue } from './burning-day.ts'
import type { RunningApi } from './running-api.ts'

const MINUTE_MS = 60_000

/**
 * A fire of acme that is out: opened 170 minutes ago, paged, taken, said, fixed after an hour and resolved, with a release
 * just before it. Before the fix 24 people complained, after it two.
 */
export const pastFire = async ({ pool }: RunningApi, nowMs: number, id = 'iss-past'): Promise<void> => {
  const at = (minute: number) => nowMs - (180 - minute) * MINUTE_MS
  const given = { id, brand: 'acme', label: 'checkout hangs for @jane', severity: 'major' as const, people: 26 }
  const issue = issueOf({ ...given, ageMs: 180 * MINUTE_MS }, nowMs, {
    openedAt: at(10),
    updatedAt: at(130),
    state: 'resolved',
    closed: { by: 'mira', at: at(120), reason: 'person' },
    type: { id: 'checkout', by: null, label: null, reason: 'words', confidence: 1, at: at(10), teaches: false },
  })
  await storeIssue(pool, issue)
  const entries: [minute: number, kind: string, body: object][] = [
    [14, 'updated', { reason: 'acknowledged', note: 'on it' }],
    [25, 'statement-published', { statement: 'holding', language: 'en', channels: ['status page'] }],
    [95, 'updated', { reason: 'calm' }],
    [120, 'resolved', { reason: 'person', severity: 'major' }],
  ]
  await appendTimeline(
    pool,
    entries.map(([minute, kind, body], n) => ({
      id: `tl-${id}-${n}`,
      issueId: id,
      brand: 'acme',
      atMs: at(minute),
      kind,
      actor: 'mira',
      body,
    })),
  )
  await addStatement(pool, said('holding', 'We are sorry: the checkout hangs.', at(25)))
  await addStatement(pool, said('closing', 'It works again. Thank you.', at(70)))
  await saveKnownEvent(pool, {
    id: `ev_${id}`,
    externalId: id,
    kind: 'release',
    title: 'checkout 4.2',
    url: 'https://ci.example/4.2',
    brands: ['acme'],
    issueTypes: null,
    at: at(-12),
    until: null,
    postedBy: 'ci',
    createdAt: at(-12),
  })
  const minutes = [...Array.from({ length: 24 }, (_, n) => 12 + n * 2), 80, 110]
  await upsertMentions(
    pool,
    minutes.map((minute, n) => ({
      brand: 'acme',
      complaint: 0.9,
      lang: 'en',
      clusterId: `cl-${id}`,
      issueId: id,
      mention: {
        id: `push:${id}:${n}`,
        op: 'create' as const,
        rev: '1',
        kind: 'post' as const,
        source: 'support',
        text: n === 0 ? '=1+1 @jane checkout hangs' : `checkout hangs ${n}`,
        url: `https://posts.example/${n}`,
        author: { id: `hashed-author-${n}`, handle: `writer${n}`, followers: 10 * n },
        createdAt: at(minute),
        observedAt: at(minute),
        eventTime: at(minute),
      },
    })),
  )

  function said(kind: Statement['kind'], text: string, publishedAt: number): Statement {
    return {
      id: `st-${id}-${kind}`,
      issueId: id,
      brand: 'acme',
      kind,
      language: 'en',
      state: 'published',
      version: 1,
      facts: { remedy: 'free delivery of the next order' },
      text,
      writtenBy: 'mira',
      approvedBy: 'kim',
      createdAt: publishedAt,
      updatedAt: publishedAt,
      publications: [{ channel: 'status page', at: publishedAt, by: 'mira' }],
    }
  }
}
