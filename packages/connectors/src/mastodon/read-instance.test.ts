import { OutcryError } from '@outcry/contracts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { idAt, makePost, startInstance, type LocalMastodon } from './local-mastodon.ts'

const WAIT = { timeout: 20_000, interval: 10 }
/** Minutes pass in a second; not faster, as an answer may take a machine's while. */
const FACTOR = 60
/** For what is looked at every ten minutes. */
const QUICK = 300

const started = async (options: Parameters<typeof startInstance>[0] = {}): Promise<LocalMastodon> => {
  const instance = await startInstance(options)
  onTestFinished(instance.close)
  return instance
}

const reading = (instances: readonly { url: string; token?: string }[], recorder = recording(), factor = FACTOR) => {
  const abort = new AbortController()
  const context = { ...recorder.context('under-test'), clock: createQuickClock(factor) }
  const config = { connector: 'mastodon', name: 'under-test', instances, tags: ['acme', 'globex'], everyMs: 10_000 }
  const ended = connectors['mastodon']!.create(config, context).run(abort.signal)
  ended.catch(() => undefined)
  const stop = async () => {
    abort.abort()
    await ended
  }
  return { recorder, ended, stop }
}
const recording = () => createRecorder(createQuickClock(FACTOR))

const said = ({ delivered }: ReturnType<typeof createRecorder>) =>
  delivered.map(({ mention: { op, id, rev, text } }) => [op, id.split(':').at(-1), op === 'create' ? '' : rev, text])
const opsOf = (recorder: ReturnType<typeof createRecorder>, id: string) =>
  said(recorder).flatMap(([op, of]) => (of === id ? [op] : []))
const lastReport = ({ reports }: ReturnType<typeof createRecorder>) => reports.at(-1)
const now = () => Date.now()
const listening = (instance: LocalMastodon, recorder: ReturnType<typeof createRecorder>) =>
  vi.waitUntil(() => instance.subscriptions() === 2 && lastReport(recorder)?.reason === 'streaming', WAIT)

describe('an instance with a token', () => {
  it('tells posts, edits and deletions as they happen', async () => {
    const instance = await started()
    const { recorder, stop } = reading([instance])
    await listening(instance, recorder)
    const id = idAt(now())
    instance.publish(makePost(id))
    await vi.waitUntil(() => opsOf(recorder, id).length === 1, WAIT)
    instance.edit(id, { content: '<p>mended</p>', edited_at: new Date(now()).toISOString() })
    instance.remove(id)
    await vi.waitUntil(() => opsOf(recorder, id).length === 3, WAIT)
    await stop()
    expect(said(recorder)).toMatchObject([
      ['create', id, '', expect.stringContaining('never came')],
      ['update', id, expect.stringContaining('T'), 'mended'],
      ['delete', id, 'delete', ''],
    ])
  })

  it('fills by the timeline what came while it was away, and what the stream dropped', async () => {
    const instance = await started()
    const { recorder, stop } = reading([instance])
    await listening(instance, recorder)
    const missed = [idAt(now()), idAt(now(), 1)]
    instance.hangUp()
    instance.publish(makePost(missed[0]!))
    await vi.waitUntil(() => opsOf(recorder, missed[0]!).length > 0, WAIT)
    await listening(instance, recorder)
    instance.publish(makePost(missed[1]!), { dropped: true })
    await vi.waitUntil(() => opsOf(recorder, missed[1]!).length > 0, WAIT)
    await stop()
    expect(recorder.gaps).toEqual([])
  })

  it('never takes an older revision for a newer one, nor a deleted post for a new one', async () => {
    const instance = await started()
    const { recorder, stop } = reading([instance])
    await listening(instance, recorder)
    const id = idAt(now())
    const first = makePost(id)
    instance.publish(first)
    instance.edit(id, { content: '<p>mended</p>', edited_at: new Date(now()).toISOString() })
    instance.tell('update', JSON.stringify(first), ['acme'])
    instance.remove(id)
    instance.tell('update', JSON.stringify(first), ['acme'])
    const last = idAt(now(), 9)
    instance.publish(makePost(last))
    await vi.waitUntil(() => opsOf(recorder, last).length > 0, WAIT)
    await stop()
    expect(opsOf(recorder, id)).toEqual(['create', 'update', 'delete'])
  })

  it('polls while the stream cannot be had, and says so', async () => {
    const instance = await started({ hasStream: false })
    const { recorder, stop } = reading([instance])
    await vi.waitFor(
      () => expect(lastReport(recorder)).toMatchObject({ state: 'live', reason: expect.stringContaining('no stream') }),
      WAIT,
    )
    const id = idAt(now())
    instance.publish(makePost(id))
    await vi.waitUntil(() => opsOf(recorder, id).length > 0, WAIT)
    await stop()
  })

  it('leaves a token that is refused to a person, and asks no more', async () => {
    const instance = await started()
    const { ended } = reading([{ url: instance.url, token: 'revoked' }])
    await expect(ended).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('token') })
    expect(instance.requests.filter((url) => url.startsWith('/api/v1/timelines')).length).toBeLessThanOrEqual(1)
  })
})

describe('an instance without a token', () => {
  it('that shows hashtags to nobody is left to a person, and asked no more', async () => {
    const instance = await started({ access: 'authenticated' })
    const { ended } = reading([{ url: instance.url }])
    await expect(ended).rejects.toSatisfy(
      (error) => error instanceof OutcryError && error.code === 'SOURCE_REFUSED' && error.message.includes('422'),
    )
    expect(instance.requests.filter((url) => url.startsWith('/api/v1/timelines'))).toHaveLength(1)
  })

  it('tells what is edited, deleted, or no longer under its hashtag, by looking again', async () => {
    const instance = await started()
    const ids = [0, 1, 2, 3].map((n) => idAt(now() - 30_000, n))
    for (const id of ids) instance.publish(makePost(id))
    const { recorder, stop } = reading([{ url: instance.url }], recording(), QUICK)
    await vi.waitUntil(() => recorder.ids().size === 4, WAIT)
    const [kept, edited, removed, moved] = ids as [string, string, string, string]
    const editedAt = new Date(now()).toISOString()
    instance.edit(edited, { content: '<p>mended</p>', edited_at: editedAt })
    instance.edit(moved, { content: '<p>no tag</p>', edited_at: editedAt, tags: [] })
    instance.remove(removed)
    await vi.waitUntil(() => [edited, removed, moved].every((id) => opsOf(recorder, id).length === 2), WAIT)
    await stop()
    expect(ids.map((id) => opsOf(recorder, id))).toEqual([
      ['create'],
      ['create', 'update'],
      ['create', 'delete'],
      ['create', 'update'],
    ])
    expect(kept).toBe(ids[0])
  })

  it('finds what another server wrote before and sent late', async () => {
    const instance = await started()
    instance.publish(makePost(idAt(now())))
    const { recorder, stop } = reading([{ url: instance.url }], recording(), QUICK)
    await vi.waitUntil(() => recorder.ids().size === 1, WAIT)
    const late = idAt(now() - 20 * 60_000)
    instance.publish(makePost(late))
    await vi.waitUntil(() => opsOf(recorder, late).length > 0, WAIT)
    await stop()
    expect(opsOf(recorder, late)).toEqual(['create'])
  })

  it('waits as long as the rate limit says, in the format of Mastodon', async () => {
    const instance = await started({
      fault: (_request, response, number) => {
        if (number !== 2) return false
        // On the quick clock's time, as `now` there is what the reset is compared with.
        response.writeHead(429, { 'x-ratelimit-reset': new Date(clock.now() + 120_000).toISOString() }).end('{}')
        return true
      },
    })
    const clock = createQuickClock(FACTOR)
    const startedAt = now()
    const { recorder, stop } = reading([{ url: instance.url }])
    await vi.waitUntil(() => instance.requests.length >= 3, WAIT)
    expect(now() - startedAt).toBeGreaterThanOrEqual(120_000 / FACTOR - 50)
    await vi.waitUntil(() => lastReport(recorder)?.state === 'live', WAIT)
    await stop()
  })

  it('counts a hole where the server does not page forward', async () => {
    const newest = Array.from({ length: 40 }, (_, n) => makePost(idAt(now() - n * 1_000)))
    const instance = await started({
      fault: (request, response) => {
        if (request.url?.startsWith('/api/v1/timelines/tag/acme') !== true) return false
        response.writeHead(200).end(JSON.stringify(newest))
        return true
      },
    })
    const { recorder, stop } = reading([{ url: instance.url }])
    await vi.waitUntil(() => recorder.gaps.length > 0, WAIT)
    await stop()
    expect(recorder.ids().size).toBe(40)
  })
})

describe('several instances in one source', () => {
  it('count a post once that both show, and delete it where it was counted', async () => {
    const [home, other] = [await started(), await started()]
    const written = idAt(now())
    const uri = `http://${home.host}/users/bob/statuses/${written}`
    const elsewhere = `https://elsewhere.example/users/ann/statuses/1`
    home.publish(makePost(written, { uri }))
    other.publish(makePost(idAt(now(), 5), { uri }))
    home.publish(makePost(idAt(now(), 6), { uri: elsewhere }))
    other.publish(makePost(idAt(now(), 7), { uri: elsewhere }))
    const { recorder, stop } = reading([{ url: home.url }, { url: other.url }], recording(), QUICK)
    await vi.waitUntil(() => lastReport(recorder)?.state === 'live' && recorder.ids().size === 2, WAIT)
    home.remove(written)
    await vi.waitUntil(() => opsOf(recorder, written).includes('delete'), WAIT)
    await stop()
    expect(recorder.ids().size).toBe(2)
    expect(recorder.ids()).toContain(`mastodon:${home.host}:${written}`)
  })

  it('go on when one of them refuses, and say what is not seen', async () => {
    const [open, closed] = [await started(), await started({ access: 'authenticated' })]
    const { recorder, stop } = reading([{ url: open.url }, { url: closed.url }])
    await vi.waitFor(
      () =>
        expect(lastReport(recorder)).toMatchObject({
          state: 'live',
          unseen: expect.stringContaining(`${closed.host}: `) as string,
        }),
      WAIT,
    )
    const id = idAt(now())
    open.publish(makePost(id))
    await vi.waitUntil(() => opsOf(recorder, id).length > 0, WAIT)
    await stop()
  })

  it('are a person’s job when all refuse', async () => {
    const closed = [await started({ access: 'authenticated' }), await started({ access: 'authenticated' })]
    const { ended } = reading(closed.map(({ url }) => ({ url })))
    await expect(ended).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
  })

  it('say that posts of other servers are not shown', async () => {
    const instance = await started({ access: 'remote-disabled' })
    const { recorder, stop } = reading([instance])
    await vi.waitFor(
      () => expect(lastReport(recorder)).toMatchObject({ state: 'live', unseen: expect.stringContaining('other') }),
      WAIT,
    )
    await stop()
  })
})

describe('going on after a stop', () => {
  it('marks what is old as backfill and what is fresh as news', async () => {
    const instance = await started()
    const before = idAt(now() - 60_000)
    instance.publish(makePost(before))
    const batches: { backfill: boolean; ids: string[] }[] = []
    const recorder = recording()
    const first = reading([{ url: instance.url }], recorder)
    await vi.waitUntil(() => lastReport(recorder)?.state === 'live', WAIT)
    await first.stop()
    const cursor = recorder.context('x').cursor as { marks: { lookedAt: number }[] }
    for (const mark of cursor.marks) mark.lookedAt -= 3_600_000
    const [old, fresh] = [idAt(now() - 20 * 60_000), idAt(now())]
    instance.publish(makePost(old))
    instance.publish(makePost(fresh))
    const abort = new AbortController()
    const context = {
      ...recording().context('under-test'),
      cursor,
      emit: async ({ sightings, backfill }: { sightings: readonly { mention: { id: string } }[]; backfill: boolean }) =>
        void batches.push({ backfill, ids: sightings.map(({ mention }) => mention.id.split(':').at(-1)!) }),
    }
    const config = {
      connector: 'mastodon',
      name: 'x',
      instances: [{ url: instance.url }],
      tags: ['acme'],
      everyMs: 1e4,
    }
    const running = connectors['mastodon']!.create(config, context).run(abort.signal)
    await vi.waitUntil(() => batches.some(({ ids }) => ids.includes(fresh)), WAIT)
    abort.abort()
    await running
    const backfillOf = (id: string) => batches.find(({ ids }) => ids.includes(id))?.backfill
    expect([backfillOf(old), backfillOf(fresh)]).toEqual([true, false])
  })
})
