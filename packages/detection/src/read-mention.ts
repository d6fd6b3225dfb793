import type { Harm, Mention } from '@outcry/contracts'
import { type Word, fingerprintOf, readWords, stemsOf, termsOf } from '@outcry/text'
import { hash53, mix32 } from './hash.ts'
import { EXCERPT_CHARS, type Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'
import type { Vectoriser } from './vectoriser.ts'

/** What the text of a mention says; the scorer of `text`. */
export type Score = { complaint: number; lang: string; hostility: number; harm: Harm }
export type Scorer = {
  score(input: {
    text: string
    title?: string | undefined
    lang?: string | undefined
    rating?: Mention['rating'] | undefined
    words?: readonly Word[] | undefined
  }): Score
}

/** A mention as the detector sees it; `vector` is valid until the next one is read. */
export type ReadMention = { post: Post; vector: SparseVector; score: Score }

type Reading = {
  /** The time it counts at. */
  at: number
  backfill: boolean
  scorer: Scorer
  /** Learns the mention's terms unless it is a repost. */
  vectoriser: Vectoriser
  matchTypes: (stems: readonly string[], lang: string) => string[]
}

/** Everything that depends on the text alone, from one reading of its words: score, vector, types, place in samples. */
export const readMention = (
  mention: Mention,
  { at, backfill, scorer, vectoriser, matchTypes }: Reading,
): ReadMention => {
  const { text, title, lang, rating, author } = mention
  const whole = title ? `${title}. ${text}` : text
  const found = readWords(whole)
  const score = scorer.score({ text, title, lang, rating, words: found })
  const isRepost = mention.repostOf !== undefined
  const vector = vectoriser.vectorise(termsOf(found, score.lang), !isRepost)
  const print = fingerprintOf(found)
  const post: Post = {
    id: mention.id,
    key: hash53(mention.id),
    person: hash53(author?.id ?? mention.id),
    at,
    complaint: score.complaint,
    hostility: score.hostility,
    harm: score.harm,
    source: mention.source,
    lang: score.lang,
    excerpt: whole.length > EXCERPT_CHARS ? `${whole.slice(0, EXCERPT_CHARS - 1)}…` : whole,
    url: mention.url ?? '',
    followers: author?.followers ?? 0,
    accountAt: author?.createdAt ?? 0,
    copy: false,
    backfill,
    answered: false,
    types: matchTypes(stemsOf(found, score.lang), score.lang),
    cluster: -1,
    issue: '',
    near: 1,
    rank: mix32(print.lo ^ mix32(print.hi ^ mix32(at % 604_800_000))) / 4_294_967_296,
    printHi: isRepost ? ~print.hi : print.hi,
    printLo: isRepost ? ~print.lo : print.lo,
  }
  return { post, vector, score }
}
