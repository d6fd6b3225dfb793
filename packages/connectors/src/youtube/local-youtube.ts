import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const CHANNEL = 'UCaaaaaaaaaaaaaaaaaaaaaa'
const KEY = 'api-key'
/** Every fortieth comment is a thread with seven replies, of which YouTube shows two with it. */
const REPLIES = 7
const SHOWN = 2

type Comment = { id: string; writtenMs: number; updatedMs: number; text: string; gone: boolean; replies: Comment[] }

const refusal = (code: number, reason: string): LocalAnswer => ({
  status: code,
  body: { error: { code, message: reason, errors: [{ message: reason, domain: 'youtube.comment', reason }] } },
})

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

const shown = ({ id, writtenMs, updatedMs, text }: Comment, parentId?: string) => ({
  kind: 'youtube#comment',
  etag: 'x',
  id,
  snippet: {
    channelId: CHANNEL,
    ...(parentId === undefined ? { videoId: 'aaaaaaaaaaa' } : { parentId }),
    textDisplay: text,
    textOriginal: text,
    authorDisplayName: `@user-${id.slice(-3)}`,
    authorChannelId: { value: `UC${id.slice(-8)}` },
    canRate: true,
    viewerRating: 'none',
    likeCount: 1,
    publishedAt: iso(writtenMs),
    updatedAt: iso(updatedMs),
  },
})

const threadOf = (top: Comment) => {
  const replies = top.replies.filter(({ gone }) => !gone)
  return {
    kind: 'youtube#commentThread',
    id: top.id,
    snippet: {
      channelId: CHANNEL,
      videoId: 'aaaaaaaaaaa',
      topLevelComment: shown(top),
      canReply: true,
      totalReplyCount: replies.length,
      isPublic: true,
    },
    ...(replies.length === 0
      ? {}
      : { replies: { comments: replies.slice(0, SHOWN).map((reply) => shown(reply, top.id)) } }),
  }
}

export type LocalYoutube = LocalPlatform & {
  /** Refuses the comments of the channel with this reason. */
  hide: (reason: string) => void
  /** Says that the quota of the day is used. */
  exhaust: () => void
}

/**
 * The comments of one channel: threads newest first, at most 100 a page, pages that begin with what the page before had,
 * replies by themselves, and deleted comments that are simply not there.
 */
export const startLocalYoutube = async (items: number): Promise<LocalYoutube> => {
  const startMs = Math.floor(Date.now() / 1_000) * 1_000 - 700_000
  const comments = Array.from({ length: items }, (_, n): Comment => {
    const writtenMs = startMs + Math.floor((n * 600) / items) * 1_000
    return {
      id: `Ugx${n}AaABAg`,
      writtenMs,
      updatedMs: writtenMs,
      text: `Order ${n} <3 never came`,
      gone: false,
      replies: [],
    }
  })
  const threads: Comment[] = []
  for (let n = 0; n < comments.length;) {
    const top = comments[n]!
    const replies = n % 40 === 0 ? comments.slice(n + 1, n + 1 + REPLIES) : []
    for (const reply of replies) reply.id = `${top.id}.${reply.id}`
    top.replies = replies
    threads.push(top)
    n += 1 + replies.length
  }
  let hidden: string | null = null
  let exhausted = false

  const page = (all: readonly unknown[], { searchParams }: URL): LocalAnswer => {
    const from = Number(searchParams.get('pageToken') ?? 0)
    const to = from + Number(searchParams.get('maxResults'))
    const next = to < all.length ? { nextPageToken: String(to) } : {}
    return { body: { kind: 'youtube#listResponse', items: all.slice(Math.max(0, from - 2), to), ...next } }
  }

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    if (headers['x-goog-api-key'] !== KEY) return refusal(400, 'keyInvalid')
    if (exhausted) return refusal(403, 'quotaExceeded')
    // Google refuses a parameter that a method does not have.
    const isPlain = url.searchParams.get('textFormat') === 'plainText'
    if (url.pathname.endsWith('/i18nLanguages')) return isPlain ? refusal(400, 'badRequest') : { body: { items: [] } }
    if (!isPlain) return refusal(400, 'badRequest')
    if (url.pathname.endsWith('/commentThreads')) {
      if (hidden !== null) return refusal(403, hidden)
      return page(
        threads
          .filter(({ gone }) => !gone)
          .toReversed()
          .map(threadOf),
        url,
      )
    }
    const parentId = url.searchParams.get('parentId')
    if (parentId !== null) {
      const parent = threads.find(({ id }) => id === parentId)
      return page(
        (parent?.replies ?? []).filter(({ gone }) => !gone).map((reply) => shown(reply, parentId)),
        url,
      )
    }
    const ids = url.searchParams.get('id')?.split(',') ?? []
    const found = comments.filter(({ id, gone }) => ids.includes(id) && !gone)
    return { body: { kind: 'youtube#commentListResponse', items: found.map((each) => shown(each)) } }
  }

  const server = await startLocalServer({
    answer,
    throttled: refusal(403, 'rateLimitExceeded'),
    refusal: { status: 401, body: { error: { code: 401, message: 'Request had invalid credentials.' } } },
  })
  const idOf = ({ id }: Comment): string => `youtube:comment:${id}`
  return {
    config: {
      apiKey: KEY,
      channels: [CHANNEL],
      videos: [],
      unitsPerDay: 10_000_000,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids: new Set(comments.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    hide: (reason) => {
      hidden = reason
    },
    exhaust: () => {
      exhausted = true
    },
    edit: () => {
      const comment = threads.at(-3)!
      comment.text = 'Edit: it came'
      comment.updatedMs = Math.floor(Date.now() / 1_000) * 1_000
      return idOf(comment)
    },
    remove: () => {
      const comment = threads.at(-4)!
      comment.gone = true
      return idOf(comment)
    },
    close: server.close,
  }
}
