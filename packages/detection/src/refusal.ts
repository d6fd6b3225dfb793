import { setBits } from '@outcry/text'
import type { Issue } from './issue.ts'
import type { Post } from './post.ts'

/** Most texts that one issue refuses; the oldest are forgotten first. */
const MAX_REFUSED = 200
/** Differing bits of 64 up to which two fingerprints are of one text. */
const SAME_BITS = 3

type Print = Pick<Post, 'printHi' | 'printLo'>

const isSame = (hi: number, lo: number, { printHi, printLo }: Print): boolean => {
  const bits = setBits(hi ^ printHi) + setBits(lo ^ printLo)
  // The fingerprint of a repost is turned round.
  return bits <= SAME_BITS || bits >= 64 - SAME_BITS
}

/**
 * A person took the post out of the issue: what says the same does not join it any more. A post without a word says
 * nothing that could be known again.
 */
export const refuse = (issue: Pick<Issue, 'refused'>, { printHi, printLo }: Print): void => {
  if ((printHi | printLo) === 0 || refuses(issue, { printHi, printLo })) return
  issue.refused.push(printHi, printLo)
  if (issue.refused.length > 2 * MAX_REFUSED) issue.refused.splice(0, 2)
}

/** Whether a person took a post that says the same out of the issue. */
export const refuses = ({ refused }: Pick<Issue, 'refused'>, post: Print): boolean => {
  for (let at = 0; at < refused.length; at += 2) if (isSame(refused[at]!, refused[at + 1]!, post)) return true
  return false
}

/** Whether the issue refuses more than half of the posts: a burst of these is none of it. */
export const refusesMost = (issue: Pick<Issue, 'refused'>, posts: readonly Print[]): boolean =>
  issue.refused.length > 0 && 2 * posts.filter((post) => refuses(issue, post)).length > posts.length

/** What one issue refuses when it takes another in: what both refused, but nothing that the other brings. */
export const mergeRefused = (into: Issue, from: Issue): void => {
  const kept = into.refused
  into.refused = []
  for (const [hi, lo] of pairs([...kept, ...from.refused]))
    if (!from.evidence.some((post) => isSame(hi, lo, post))) refuse(into, { printHi: hi, printLo: lo })
}

const pairs = (flat: readonly number[]): (readonly [number, number])[] =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at]!, flat[2 * at + 1]!] as const)
