import { upsertMentions } from '@outcry/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueOf, storeIssue } from '../test/burning-day.ts'
import { ADMIN_TOKEN, runningApi, type RunningApi, TOKENS } from '../test/running-api.ts'

const NOW = Date.now()
let api: RunningApi
beforeAll(async () => void (api = await runningApi()))
afterAll(() => api?.stop())

const post = (path: string, body: object, token: string = TOKENS.mira, headers: Record<string, string> = {}) =>
  api.ask(path, token, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

/** An issue of one post. */
const burning = async (issueId: string, said: { text: string; title?: string }) => {
  await storeIssue(
    api.pool,
    issueOf({ id: issueId, brand: 'acme', label: 'cannot pay', severity: 'incident', ageMs: 1, people: 9 }, NOW),
  )
  const id = `push:support:of-${issueId}`
  const url = `https://social.example/@erna/${issueId}`
  const written = { source: 'support', url, author: { id: `hash-${issueId}` }, observedAt: NOW, eventTime: NOW }
  const mention = { id, op: 'create', rev: '1', kind: 'post', ...said, ...written } as const
  await upsertMentions(api.pool, [{ brand: 'acme', complaint: 0.9, lang: 'en', clusterId: null, issueId, mention }])
  return id
}

const erase = async (mentionIds: readonly string[]) => {
  const answer = await post('/erasures', { mentionIds }, ADMIN_TOKEN)
  expect(answer.status).toBe(202)
  return (await answer.json()) as { purged: Record<string, number> }
}

/** The columns of the database that hold one of the words, but for the log of the bus. */
const columnsWith = async (words: readonly string[]): Promise<string[]> => {
  const { rows } = await api.pool.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'outcry' AND table_name <> 'bus_record' ORDER BY 1, 2`,
  )
  const found: string[] = []
  for (const { table, column } of rows) {
    const held = await api.pool.query(
      `SELECT 1 FROM outcry."${table}" WHERE EXISTS (
         SELECT FROM unnest($1::text[]) AS word WHERE position(word IN "${column}"::text) > 0) LIMIT 1`,
      [words],
    )
    if (held.rows.length > 0) found.push(`${table}.${column}`)
  }
  return found
}

test('answers that are kept for repeated requests go with the posts that they hold', async () => {
  const texts = [
    'She said "it is gone"\nand Erna of Kiel cannot pay',
    'Erna, out!',
    'Erna of Kiel cannot pay for insulin',
  ]
  const ids = await Promise.all(texts.map((text, at) => burning(`kept-${at}`, { text })))
  const triage = async (at: number) => {
    const complaints = [{ id: ids[at], version: 0 }]
    const key = { 'idempotency-key': `triage-${at}` }
    return post(`/issues/kept-${at}/complaints/triage`, { complaints, outcome: 'resolved' }, TOKENS.mira, key)
  }
  for (const at of ids.keys()) expect((await triage(at)).status).toBe(200)
  const words = ['Erna', '@erna', ...ids]
  expect(await columnsWith(words)).toContain('idempotency.response')
  expect((await erase(ids)).purged.idempotency).toBeGreaterThanOrEqual(ids.length)
  expect(await columnsWith(words)).toEqual([])
})

test('posts go from the reasons that people gave, with their titles, and what others said stays', async () => {
  const text = 'Since the update my grandmother Erna cannot pay for her insulin any more'
  const title = 'Erna from Kiel cannot pay since Monday'
  const ids = [await burning('judged', { text, title }), await burning('dismissed', { text, title })]
  const others = `He says the same: ${text}`
  await burning('other', { text: others })
  const done = [
    await post('/issues/judged/authenticity', { authenticity: 'coordinated', reason: `All copy this: "${text}"` }),
    await post('/issues/dismissed/dismiss', { reason: `Only one person: ${text}` }),
    await post('/issues/judged/acknowledge', { note: `She wrote "${title}" and more` }),
    await post('/issues/other/acknowledge', { note: 'Ask the pharmacy.' }),
  ]
  expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  await erase(ids)
  expect(await columnsWith([title])).toEqual([])
  expect(await columnsWith([text])).toEqual(['mention.body'])
  const { rows } = await api.pool.query<{ text: string }>(`SELECT body ->> 'text' AS text FROM outcry.mention`)
  expect(rows).toEqual([{ text: others }])
  const { rows: told } = await api.pool.query<{ said: string }>('SELECT body::text AS said FROM outcry.timeline')
  const timeline = told.map(({ said }) => said).join()
  expect([timeline.includes('Only one person: [erased]'), timeline.includes('Ask the pharmacy.')]).toEqual([true, true])
})
