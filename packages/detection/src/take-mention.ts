import type { IssueEvent, Mention } from '@outcry/contracts'
import type { BrandState } from './brand-state.ts'
import { campaignOf } from './campaign.ts'
import { copiesOf } from './copies.ts'
import { countedBursts } from './counted-bursts.ts'
import { dominantType } from './dominant-type.ts'
import type { Effect } from './effect.ts'
import type { FoundBurst } from './found-burst.ts'
import { hash53 } from './hash.ts'
import type { MicroCluster } from './micro-cluster.ts'
import { LONGEST_WINDOW_MS } from './neighbourhood.ts'
import type { Post } from './post.ts'
import { type ReadMention, readMention } from './read-mention.ts'
import { MAY_START, scanNear } from './scan.ts'
import { isOnlyCounted } from './slot-table.ts'
import { stormBurst } from './storm-burst.ts'
import { takeOutReplaced } from './take-out.ts'

/** Takes the next mention in order of time: counts it, and asks what bursts with it. What it decides is dated `at`. */
export const takeMention = (state: BrandState, mention: Mention, backfill: boolean, at: number): Effect[] => {
  const { book, clusters, counters, neighbourhood, settings } = state
  const now = mention.eventTime
  takeOutReplaced(state, mention)
  if (mention.byBrand === true) return [ownPost(state, mention)]
  if (isRemoved(state, mention)) return [onlyShown(state, mention)]
  counters.watch(now)
  neighbourhood.advance(now, settings.historyMs)
  const read = readOf(state, mention, now, backfill)
  const { post, vector } = read
  const effects: Effect[] = []
  const micro = clusters.join(post, vector, neighbourhood, effects)
  const complains = post.complaint >= settings.complaintThreshold
  const copies = mention.repostOf === undefined ? copiesOf(neighbourhood, vector, post) : []
  post.copy = copies.length > 0 || mention.repostOf !== undefined
  const campaign = complains ? campaignOf(post, vector, copies) : undefined
  if (!post.copy) counters.add(post, complains, now)
  const matched = complains ? book.match(vector, post, now) : undefined
  const events: IssueEvent[] = []
  if (matched) events.push(...book.join(matched.issue, post, matched.near, at, mention.id))
  if (!complains && isOnlyCounted(post)) dropText(post)
  const own = neighbourhood.add(post, vector, now)
  const meant = state.meanings.place(mention, own, neighbourhood.table)
  const decision: Decision = { state, at, record: mention.id, events, effects }
  if (own && !post.copy && !backfill && post.complaint >= MAY_START) {
    const scanned = scanNear(neighbourhood, own, now, settings, meant)
    if (scanned) {
      const { burst, held } = scanned
      const found: FoundBurst = { ...burst, rule: 'scan', issueType: dominantType(burst.members) }
      if (held) state.suppressed.note({ ...found, reason: held }, at, mention.id)
      else apply(decision, found)
    }
  }
  if (campaign && !backfill)
    apply(decision, { ...campaign, rule: 'scan', issueType: dominantType(campaign.members), copied: true })
  if (complains && !post.copy && !backfill) countTypes(decision, post, now)
  if (complains) hearStorm(decision, post, now)
  return [
    ...effects,
    ...events.map((event): Effect => ({ type: 'issue', event })),
    mentionEffect(state, mention, read, micro, post.issue || null),
  ]
}

/** Older than what was taken: into the longest window at its own time, else only counted. */
export const takeLate = (state: BrandState, mention: Mention, backfill: boolean): Effect[] => {
  const { neighbourhood, settings, taken } = state
  const late: Effect = { type: 'counted', brand: state.brand, what: 'late', count: 1 }
  if (mention.eventTime <= taken - LONGEST_WINDOW_MS && !backfill) return [late]
  takeOutReplaced(state, mention)
  if (mention.byBrand === true) return [late, ownPost(state, mention)]
  if (isRemoved(state, mention)) return [late, onlyShown(state, mention)]
  const read = readOf(state, mention, mention.eventTime, backfill)
  const { post, vector } = read
  const effects: Effect[] = []
  const micro = state.clusters.join(post, vector, neighbourhood, effects)
  post.copy = mention.repostOf !== undefined
  if (!post.copy) state.counters.add(post, post.complaint >= settings.complaintThreshold, taken)
  const own = neighbourhood.add(post, vector, taken)
  state.meanings.place(mention, own, neighbourhood.table)
  return [...effects, late, mentionEffect(state, mention, read, micro, null)]
}

/** What is decided with one mention: when, by which record, and what came of it so far. */
type Decision = { state: BrandState; at: number; record: string; events: IssueEvent[]; effects: Effect[] }

const apply = ({ state, at, record, events, effects }: Decision, found: FoundBurst): void => {
  const change = state.book.burst(found, at, record)
  if (change.suppressed) state.suppressed.note({ ...found, ...change.suppressed }, at, record)
  else state.suppressed.opened(found)
  events.push(...change.events)
  for (const post of change.joined) {
    const issue = change.joined[0]!.issue
    if (post.issue === issue && post.id !== record) effects.push(...assigned(state.brand, [post], issue))
  }
}

const countTypes = (decision: Decision, post: Post, now: number): void => {
  const { book, counters, neighbourhood, settings, suppressed } = decision.state
  const looks = { explained: (one: Post) => book.explains(one), log: suppressed }
  for (const { found, opens } of countedBursts(counters, neighbourhood, post, now, settings, looks)) {
    if (opens) apply(decision, found)
    else suppressed.note({ ...found, reason: 'chance' }, decision.at, decision.record)
  }
}

/** Many posts of few people open nothing, and are told. */
const hearStorm = ({ state, at, record }: Decision, post: Post, now: number): void => {
  const storm = state.suppressed.hear(post, now)
  const near = storm && stormBurst(storm, state.neighbourhood, now, state.settings.complaintThreshold)
  if (near) state.suppressed.note(near, at, record)
}

/** What neither complains nor is compared is never shown. */
const dropText = (post: Post): void => {
  post.excerpt = ''
  post.url = ''
}

/** The brand's own words are no complaint; what they reply to is answered. */
const ownPost = ({ brand, book, neighbourhood }: BrandState, mention: Mention): Effect => {
  if (mention.parentId !== undefined) {
    const parent = neighbourhood.find(mention.parentId)
    if (parent) parent.post.answered = true
    book.answered(hash53(mention.parentId))
  }
  const lang = mention.lang ?? 'und'
  return { type: 'mention', brand, mention, complaint: 0, lang, clusterId: null, clusterPart: null, issueId: null }
}

const isRemoved = ({ removed }: BrandState, { id }: Mention): boolean => removed.entries > 0 && removed.has(id)

/** An edit of what a person took out of an issue: read by people, counted by nobody. */
const onlyShown = ({ brand, scorer }: BrandState, mention: Mention): Effect => {
  const { complaint, lang } = scorer.score(mention)
  return { type: 'mention', brand, mention, complaint, lang, clusterId: null, clusterPart: null, issueId: null }
}

const readOf = ({ scorer, vectoriser, types }: BrandState, mention: Mention, at: number, backfill: boolean) =>
  readMention(mention, { at, backfill, scorer, vectoriser, matchTypes: types.match })

const mentionEffect = (
  { brand }: BrandState,
  mention: Mention,
  { score: { complaint, lang } }: ReadMention,
  { cluster, founded }: MicroCluster,
  issueId: string | null,
): Effect => ({
  type: 'mention',
  brand,
  mention,
  complaint,
  lang,
  clusterId: cluster.id,
  clusterPart: founded,
  issueId,
})

/** Posts belong to an issue from now on. */
export const assigned = (brand: string, posts: readonly Pick<Post, 'id'>[], issueId: string): Effect[] => {
  const mentionIds = [...new Set(posts.map(({ id }) => id))].filter(Boolean)
  return mentionIds.length > 0 ? [{ type: 'assign', brand, mentionIds, clusterId: null, issueId }] : []
}
