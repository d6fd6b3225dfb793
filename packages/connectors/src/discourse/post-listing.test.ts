import { describe, expect, it, vi } from 'vitest'
import { type LocalAnswer, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { discoursePost } from './discourse-post.ts'

const post = (id: number, change: object = {}) =>
  discoursePost({ id, topic_id: id, created_at: new Date().toISOString(), cooked: `<p>${id}</p>`, ...change })

describe('the posts of a forum', () => {
  const serve = async (posts: () => readonly ReturnType<typeof post>[], onPage = () => undefined as void) => {
    const answer = ({ url }: { url: URL }): LocalAnswer => {
      const single = /^\/posts\/(\d+)\.json$/.exec(url.pathname)
      const found = posts().find(({ id }) => id === Number(single?.[1]))
      if (single !== null) return found === undefined ? { status: 404, body: {} } : { body: found }
      onPage()
      const before = Number(url.searchParams.get('before') ?? Number.MAX_SAFE_INTEGER)
      return {
        body: {
          latest_posts: posts()
            .filter(({ id }) => id <= before)
            .toReversed()
            .slice(0, 50),
        },
      }
    }
    return startLocalServer({ answer, isFaulty: () => false })
  }
  const start = (url: string, recorder = createRecorder(createQuickClock(50))) => {
    const abort = new AbortController()
    const config = { connector: 'discourse', name: 'forum', url, categoryIds: [], everyMs: 10_000 }
    const running = connectors['discourse']!.create(config, recorder.context('forum')).run(abort.signal)
    return { recorder, running, stop: () => abort.abort() }
  }
  const told = ({ delivered }: ReturnType<typeof createRecorder>) =>
    delivered.map(({ mention: { id, op, rev } }) => `${id.split(':').at(-1)} ${op} ${rev}`)

  it('takes back a post that was hidden and is shown again', async () => {
    let posts = [post(1), post(2)]
    const server = await serve(() => posts)
    const { recorder, running, stop } = start(server.url)
    const expected = ['1 create 1', '2 create 1']
    await vi.waitFor(() => expect(told(recorder)).toEqual(expected))
    posts = [post(1, { hidden: true }), post(2)]
    await vi.waitFor(() => expect(told(recorder)).toEqual([...expected, '1 delete delete']))
    posts = [post(1), post(2)]
    await vi.waitFor(() => expect(told(recorder)).toEqual([...expected, '1 delete delete', '1 update 1 recovered']))
    stop()
    await running
    await server.close()
  })

  it('reads on where the forum fails to show a post that is not where it was', async () => {
    let posts = [post(1), post(2), post(3)]
    const broken = 2
    const server = await startLocalServer({
      isFaulty: () => false,
      answer: ({ url }) =>
        url.pathname === `/posts/${broken}.json`
          ? { status: 500, body: {} }
          : { body: { latest_posts: posts.toReversed() } },
    })
    const { recorder, running, stop } = start(server.url)
    const expected = ['1 create 1', '2 create 1', '3 create 1']
    await vi.waitFor(() => expect(told(recorder)).toEqual(expected))
    posts = [post(1), post(3), post(4)]
    await vi.waitFor(() => expect(told(recorder)).toEqual([...expected, '4 create 1']), 5_000)
    stop()
    await running
    await server.close()
  })

  it('sends nothing again after a restart, and what was written before the first look never', async () => {
    let pages = 0
    const posts = [post(1, { created_at: '2020-01-01T00:00:00Z' }), post(2), post(3)]
    const server = await serve(
      () => posts,
      () => void (pages += 1),
    )
    const first = start(server.url)
    await vi.waitFor(() => expect(told(first.recorder)).toEqual(['2 create 1', '3 create 1']))
    first.stop()
    await first.running
    pages = 0
    const again = start(server.url, first.recorder)
    await vi.waitFor(() => expect(pages).toBeGreaterThan(2))
    posts.push(post(4))
    await vi.waitFor(() => expect(told(again.recorder)).toEqual(['2 create 1', '3 create 1', '4 create 1']))
    again.stop()
    await again.running
    await server.close()
  })
})
