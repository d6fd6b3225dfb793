import { createHash } from 'node:crypto'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { githubComment, githubIssue } from './github-shapes.ts'

type Entry = { id: number; updatedMs: number; body: string; isPull: boolean }

const isoOf = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

const issueOf = (host: string, { id, updatedMs, body, isPull }: Entry) =>
  githubIssue({
    id,
    number: id,
    html_url: `${host}/acme/app/${isPull ? 'pull' : 'issues'}/${id}`,
    created_at: isoOf(updatedMs),
    updated_at: isoOf(updatedMs),
    body,
    ...(isPull ? { pull_request: { url: '' } } : {}),
  })

const commentOf = (host: string, { id, updatedMs, body, isPull }: Entry) =>
  githubComment({
    id,
    html_url: `${host}/acme/app/${isPull ? 'pull' : 'issues'}/5#issuecomment-${id}`,
    created_at: isoOf(updatedMs),
    updated_at: isoOf(updatedMs),
    body,
  })

/**
 * One repository: lists by the last change with `Link` to the next page, `ETag`, pull requests between the issues, and
 * discussions by GraphQL. Of five items one is an issue, one a comment, and three are a discussion with what is below it.
 */
export const startLocalGithub = async (items: number): Promise<LocalPlatform & { unchanged: () => number }> => {
  const startMs = Date.now() - 700_000
  // Each sixth is of a pull request, and beside the items.
  const entries = Array.from({ length: (items / 5) * 1.2 }, (_, n): Entry => {
    const updatedMs = startMs + (n * 2_500_000) / items
    return { id: 1_000 + n, updatedMs, body: `Order ${n} never came`, isPull: n % 6 === 5 }
  })
  const lists = { issues: structuredClone(entries), comments: structuredClone(entries) }
  const discussed = entries.slice(0, Math.floor(items / 5))
  let unchanged = 0

  /** Each discussion has a comment with a reply, and only the newest are shown. */
  const discussions = (after: string | null): LocalAnswer => {
    const newestFirst = discussed.toReversed()
    const from = Number(after ?? 0)
    const said = ({ id, body, updatedMs }: Entry, path: string) => ({
      databaseId: id,
      body,
      url: `${server.url}/acme/app/discussions/${path}`,
      createdAt: isoOf(updatedMs),
      author: { __typename: 'User', login: 'ann', databaseId: 77 },
    })
    const nodes = newestFirst.slice(from, from + 25).map((entry) => ({
      ...said(entry, String(entry.id)),
      number: entry.id,
      title: 'Late again',
      updatedAt: isoOf(entry.updatedMs),
      category: { name: 'General' },
      comments: {
        nodes: [
          {
            ...said({ ...entry, id: 2 * entry.id }, `${entry.id}#discussioncomment-${2 * entry.id}`),
            replies: {
              nodes: [said({ ...entry, id: 2 * entry.id + 1 }, `${entry.id}#discussioncomment-${2 * entry.id + 1}`)],
            },
          },
        ],
      },
    }))
    const hasNextPage = from + 25 < newestFirst.length
    const pageInfo = { hasNextPage, endCursor: String(from + 25) }
    return { body: { data: { repository: { discussions: { pageInfo, nodes } } } } }
  }

  const answer = ({ url, headers, body: asked, method }: LocalRequest): LocalAnswer => {
    if (url.pathname === '/graphql' && method === 'POST')
      return discussions((JSON.parse(asked.toString()) as { variables: { after: string | null } }).variables.after)
    const isComments = url.pathname === '/repos/acme/app/issues/comments'
    if (!isComments && url.pathname !== '/repos/acme/app/issues') return { status: 404, body: { message: 'Not Found' } }
    const query = url.searchParams
    const since = Date.parse(query.get('since') ?? '')
    const due = lists[isComments ? 'comments' : 'issues']
      .filter(({ updatedMs }) => Math.floor(updatedMs / 1_000) * 1_000 >= since)
      .toSorted((a, b) => a.updatedMs - b.updatedMs)
    const size = Number(query.get('per_page'))
    const page = Number(query.get('page') ?? 1)
    const shown = due.slice((page - 1) * size, page * size)
    const body = JSON.stringify(shown.map((entry) => (isComments ? commentOf : issueOf)(server.url, entry)))
    const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`
    if (headers['if-none-match'] === etag) {
      unchanged += 1
      return { status: 304, headers: { etag } }
    }
    const next = new URL(url.pathname + url.search, server.url)
    next.searchParams.set('page', String(page + 1))
    const link = due.length > page * size ? { link: `<${next.href}>; rel="next", <${next.href}>; rel="last"` } : {}
    return { headers: { etag, 'content-type': 'application/json', ...link }, body }
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      status: 403,
      headers: { 'retry-after': '2' },
      body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
    },
    refusal: { status: 401, body: { message: 'Bad credentials' } },
  })
  const idOf = (kind: string, { id }: Entry) => `github:${new URL(server.url).host}/acme/app:${kind}:${id}`
  const counted = entries.filter(({ isPull }) => !isPull)
  return {
    config: {
      repositories: ['acme/app'],
      token: 'token',
      discussions: true,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids: new Set([
      ...counted.flatMap((entry) => [idOf('issue', entry), idOf('comment', entry)]),
      ...discussed.flatMap((entry) => [
        idOf('discussion', entry),
        idOf('discussion-comment', { ...entry, id: 2 * entry.id }),
        idOf('discussion-comment', { ...entry, id: 2 * entry.id + 1 }),
      ]),
    ]),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const comment = lists.comments.at(-3)!
      comment.body = 'It came'
      comment.updatedMs = Date.now()
      return idOf('comment', comment)
    },
    unchanged: () => unchanged,
    close: server.close,
  }
}
