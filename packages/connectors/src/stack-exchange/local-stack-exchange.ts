import { gzipSync } from 'node:zlib'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'

const FILTER = '!local'

type Comment = { comment_id: number; text: string }
type Post = { id: number; createdS: number; text: string; editedS: number | null; comments: Comment[] }
type Question = Post & { activeS: number; gone: boolean; answers: Post[] }

const owner = (id: number) => ({ user_id: id, display_name: `Ann &amp; ${id}`, user_type: 'registered' })

const commentOf = (post: Post) => (comment: Comment) => ({
  comment_id: comment.comment_id,
  post_id: post.id,
  creation_date: post.createdS,
  edited: false,
  score: 0,
  owner: owner(3),
  body: comment.text,
})

const shown = ({ id, createdS, text, editedS }: Post) => ({
  score: 0,
  creation_date: createdS,
  ...(editedS === null ? {} : { last_edit_date: editedS }),
  owner: owner(id),
  body: `<p>${text}</p>`,
  content_license: 'CC BY-SA 4.0',
  link: `https://stackoverflow.com/q/${id}`,
})

const questionOf = (question: Question) => ({
  ...shown(question),
  question_id: question.id,
  title: 'Acme &quot;pay&quot; fails',
  tags: ['acme'],
  last_activity_date: question.activeS,
  answer_count: question.answers.length,
  comments: question.comments.map(commentOf(question)),
  answers: question.answers.map((answer) => ({
    ...shown(answer),
    answer_id: answer.id,
    question_id: question.id,
    comments: answer.comments.map(commentOf(answer)),
  })),
})

const postOf = (post: Post, type: string) => ({
  ...shown(post),
  post_id: post.id,
  post_type: type,
  title: 'Acme &quot;pay&quot; fails',
  comments: post.comments.map(commentOf(post)),
})

/**
 * One site: filters that have to be made first, questions by their last activity with answers and comments inside, posts by
 * id, gzip, and waits told in bodies. Of five items one is a question, two are answers and two comments.
 */
export const startLocalStackExchange = async (items: number, onRequest: (path: string) => void = () => undefined) => {
  const startS = Math.floor(Date.now() / 1_000) - 700
  const post = (id: number, createdS: number, comments: Comment[] = []): Post => ({
    id,
    createdS,
    text: `Order ${id} never came &amp; no refund`,
    editedS: null,
    comments,
  })
  const questions = Array.from({ length: items / 5 }, (_, n): Question => {
    const createdS = startS + Math.floor((n * 3_000) / items)
    const comments = [0, 1].map((at) => ({ comment_id: 2 * n + at, text: 'Same &lt;here&gt;' }))
    const answers = [1, 2].map((at) => post(10_000 + 3 * n + at, createdS))
    return { ...post(10_000 + 3 * n, createdS, comments), activeS: createdS, gone: false, answers }
  })
  let answered = 0

  const page = (all: readonly unknown[], query: URLSearchParams, backoff = {}): LocalAnswer => {
    const size = Number(query.get('pagesize'))
    const from = (Number(query.get('page') ?? 1) - 1) * size
    answered += 1
    const body = {
      items: all.slice(from, from + size),
      has_more: all.length > from + size,
      quota_max: 10_000,
      quota_remaining: 10_000 - answered,
      ...backoff,
    }
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json; charset=utf-8' }
    return { headers, body: gzipSync(JSON.stringify(body)) }
  }

  const answer = ({ url: { pathname, searchParams } }: LocalRequest): LocalAnswer => {
    onRequest(pathname)
    if (pathname === '/filters/create')
      return page([{ filter: FILTER, filter_type: 'safe' }], new URLSearchParams('pagesize=30'))
    if (searchParams.get('filter') !== FILTER || searchParams.get('site') !== 'stackoverflow')
      return { status: 400, body: { error_id: 400, error_message: 'filter', error_name: 'bad_parameter' } }
    const there = questions.filter(({ gone }) => !gone)
    if (pathname === '/search/advanced') {
      const min = Number(searchParams.get('min'))
      const found = there.filter(({ activeS }) => activeS >= min).toSorted((a, b) => a.activeS - b.activeS)
      return page(found.map(questionOf), searchParams, { backoff: 3 })
    }
    const ids = new Set(pathname.replace('/posts/', '').split(';').map(Number))
    const posts = there.flatMap((question) => [
      postOf(question, 'question'),
      ...question.answers.map((each) => postOf(each, 'answer')),
    ])
    return page(
      posts.filter(({ post_id: id }) => ids.has(id)),
      searchParams,
    )
  }

  const server = await startLocalServer({
    answer,
    throttled: {
      status: 400,
      body: {
        error_id: 502,
        error_message: 'too many requests from this IP, more requests available in 2 seconds',
        error_name: 'throttle_violation',
      },
    },
  })
  const idOf = ({ id }: Post) => `stack-exchange:stackoverflow:post:${id}`
  const ids = questions.flatMap((question) => [
    ...[question, ...question.answers].map(idOf),
    ...question.comments.map(({ comment_id: id }) => `stack-exchange:stackoverflow:comment:${id}`),
  ])
  const platform: LocalPlatform = {
    config: {
      site: 'stackoverflow',
      tags: ['acme'],
      searches: [],
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids: new Set(ids),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const question = questions.at(-3)!
      question.text = 'It came'
      question.editedS = question.activeS = Math.floor(Date.now() / 1_000)
      return idOf(question)
    },
    remove: () => {
      const question = questions.at(-5)!
      question.gone = true
      return idOf(question)
    },
    close: server.close,
  }
  return platform
}
