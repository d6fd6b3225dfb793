import { distinctCount } from './distinct-count.ts'
import type { Meanings } from './meanings.ts'
import { LONGEST_WINDOW_MS, type Neighbourhood } from './neighbourhood.ts'
import { overdispersedTail } from './poisson.ts'
import type { Post } from './post.ts'
import type { Placed, SlotTable } from './slot-table.ts'
import type { SparseVector } from './sparse-index.ts'
import { withoutOwn } from './without-own.ts'

/** Cosine of wide vectors from which two posts are near. */
const NEAR = 0.2
/** Cosines from which one is near a centroid of others: issues differ in how widely people word them. */
const NEAR_CENTROID = [0.25, 0.3, 0.36]
/** The same while a brand has no history to widen texts by: they are less alike then. */
const NEAR_CENTROID_UNWIDENED = [0.2, 0.27, 0.36]
const REMARKABLE = 0.02
/** Most posts that a centroid is taken of: the nearest. */
const MAX_AROUND = 128
/** An average is steadier than a score: it may lie a little lower. */
const NEARLY = 0.9
const LEAST_PEOPLE_TO_LOOK = 3
/** Posts that follow each other ask nearly the same question, of the same few: fewer independent tries than tests. */
const REPEATED_TRIES = 8
/** Score from which a post may start a scan. */
export const MAY_START = 0.3
/**
 * What is believed of an issue's share before anything is known: one post in thirty, as sure of it as one post found
 * among so many. It keeps a new brand quiet, and fades with the first posts of its history.
 */
const PRIOR_NEAR = 1
const PRIOR_POSTS = 30
/** Within so many times the threshold a burst came near: more would tell of chance, look by look. */
const NEAR_TIMES = 10
/** Windows and the fewest people expected in them: a longer one gathers more coincidences of unlike posts. */
const WINDOWS = [
  { windowMs: 900_000, leastExpected: 0.04 },
  { windowMs: 1_800_000, leastExpected: 0.075 },
  { windowMs: LONGEST_WINDOW_MS, leastExpected: 0.25 },
] as const

/** More people than expected near one text. */
export type Burst = {
  windowMs: number
  observed: number
  expected: number
  /** The squared relative error of what was expected. */
  relativeVariance: number
  tailProbability: number
  members: Post[]
  centroid: SparseVector
}

/** What a scan found: a burst that opens, or one that came near and why it does not. */
export type Scanned = { burst: Burst; held?: 'chance' | 'not-complaints' }

export type ScanRules = { falseAlarmProbability: number; minPeople: number; complaintThreshold: number }

/** What a model made of the post, and of those around it. */
export type Meant = { meanings: Meanings; own: Int8Array }

type Near = { slots: Int32Array; size: number }
/** One window: what lies before it, and what was written within. `weight`: posts that a sampled one stands for. */
type Period = { windowMs: number; leastExpected: number; from: number; past: number; weight: number; written: number }
type Counted = { people: number; posts: number; past: number }

// Shared between looks: a scan is synchronous.
let nearSlots = new Int32Array(4_096)
let insideSlots = new Int32Array(4_096)

/**
 * Asks how many distinct people were near this post in the last quarter of an hour, half hour and hour, against the share
 * of the brand's posts that its past makes us expect. Where that is remarkable it re-centres once on them and asks again,
 * each of them by what it has in common with the others.
 *
 * A share is read off few posts, so it is a guess: with h near among H posts it has a Gamma distribution of shape
 * h + 1, and the count that follows from it is negative binomial (Gamma-Poisson).
 */
export const scanNear = (
  neighbourhood: Neighbourhood,
  own: Placed,
  now: number,
  rules: ScanRules,
  meant?: Meant,
): Scanned | undefined => {
  const { table } = neighbourhood
  const products = neighbourhood.products(neighbourhood.wideOf(own))
  meant?.meanings.blend(products, meant.own)
  const near = slotsFrom(table, products, NEAR)
  if (recentPeople(table, near) < LEAST_PEOPLE_TO_LOOK) return undefined
  const periods = periodsAt([table, neighbourhood.counted], now)
  const remarkable = periods.some((period) => {
    const counted = countIn(table, near, products, NEAR, period.from)
    return tailOf(period, counted).tailProbability < REMARKABLE
  })
  if (!remarkable) return undefined
  const around = nearestRecent(table, near, products)
  const centroid = neighbourhood.middleOf(around)
  const members = around.map(({ slot }) => slot)
  const close = neighbourhood.products(centroid)
  withoutOwn(close, members)
  if (meant) {
    const others = members.filter((slot) => slot !== own.slot)
    meant.meanings.blend(close, meant.meanings.middle(meant.own, others), members)
  }
  const cosines = neighbourhood.widens
    ? NEAR_CENTROID.map((cosine) => cosine * sharpness(around.length))
    : NEAR_CENTROID_UNWIDENED
  const closeBy = slotsFrom(table, close, cosines[0]!)
  const threshold = scanLimit(rules.falseAlarmProbability)
  let best: Scanned | undefined
  for (const least of cosines) {
    for (const period of periods) {
      const counted = countIn(table, closeBy, close, least, period.from)
      if (counted.people < rules.minPeople) continue
      const { expected, relativeVariance, tailProbability } = tailOf(period, counted)
      if (tailProbability >= threshold * NEAR_TIMES) continue
      const all = membersOf(table, closeBy, close, least)
      const complaining = complains(all, rules.complaintThreshold)
      const opens = complaining && tailProbability < threshold
      if (best && (opens === (best.held === undefined) ? best.burst.tailProbability <= tailProbability : !opens))
        continue
      const members = all.filter(({ at }) => at > period.from)
      const { windowMs } = period
      const observed = counted.people
      const burst = { windowMs, observed, expected, relativeVariance, tailProbability, members, centroid }
      best = opens ? { burst } : { burst, held: complaining ? 'chance' : 'not-complaints' }
    }
  }
  return best
}

/** Tail probability below which a neighbourhood opens an issue. */
export const scanLimit = (falseAlarmProbability: number): number => falseAlarmProbability * REPEATED_TRIES

/** What was written before each window and within, of posts that count. The longest is all the window there is. */
const periodsAt = (tables: readonly SlotTable[], now: number): Period[] => {
  const posts = [0, 0, 0]
  const mass = [0, 0, 0]
  const froms = WINDOWS.map(({ windowMs }) => now - windowMs)
  const [first, second] = froms as [number, number, number]
  for (const { times, recent, counts, masses, size } of tables) {
    for (let slot = 0; slot < size; slot++) {
      if (recent[slot] === 0 || counts[slot] === 0 || times[slot]! > first) continue
      posts[0]!++
      mass[0]! += masses[slot]!
      if (times[slot]! > second) continue
      posts[1]!++
      mass[1]! += masses[slot]!
    }
  }
  const sum = (column: 'historyMass' | 'historyPosts' | 'recentPosts') =>
    tables.reduce((total, table) => total + table[column], 0)
  const historyMass = sum('historyMass')
  const recentPosts = sum('recentPosts')
  const weight = Math.max(1, historyMass / Math.max(1, sum('historyPosts')))
  return WINDOWS.map(({ windowMs, leastExpected }, at) => ({
    windowMs,
    leastExpected,
    from: windowMs >= LONGEST_WINDOW_MS ? -Infinity : froms[at]!,
    past: historyMass + mass[at]!,
    weight,
    written: recentPosts - posts[at]!,
  }))
}

/**
 * People expected near, and the odds of so many: their share of what was written before, times what else is written now.
 * None near in a sample of one in forty says little: what is believed beforehand weighs as much as sampled posts do.
 */
const tailOf = (
  { past, weight, written, leastExpected }: Period,
  counted: Counted,
): { expected: number; relativeVariance: number; tailProbability: number } => {
  const share = (counted.past + PRIOR_NEAR * weight) / (past + PRIOR_POSTS * weight)
  const expected = Math.max(leastExpected, (share / (1 - share)) * (written - counted.posts + 1))
  const shape = PRIOR_NEAR + counted.past / weight
  const relativeVariance = 1 / shape
  if (counted.people <= expected) return { expected, relativeVariance, tailProbability: 1 }
  return { expected, relativeVariance, tailProbability: overdispersedTail(counted.people, expected, shape) }
}

/** How much nearer one lies to what many have in common than to the middle of so few, which is blurred by each of them. */
const sharpness = (posts: number): number => Math.sqrt((posts * NEAR) / (1 + (posts - 1) * NEAR))

/** Slots of the posts that may belong, from a cosine on. */
const slotsFrom = (table: SlotTable, products: Float64Array, least: number): Near => {
  if (nearSlots.length < table.size) {
    nearSlots = new Int32Array(2 * table.size)
    insideSlots = new Int32Array(2 * table.size)
  }
  let size = 0
  const end = Math.min(table.size, products.length)
  for (let slot = 0; slot < end; slot++)
    if (products[slot]! >= least && table.belongs[slot] === 1) nearSlots[size++] = slot
  return { slots: nearSlots, size }
}

const recentPeople = (table: SlotTable, near: Near): number => {
  let posts = 0
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (table.recent[slot] === 1) insideSlots[posts++] = slot
  }
  return distinctCount(insideSlots, posts, table.people)
}

/** People and posts near since `from`, and the mass of those near before it. */
const countIn = (table: SlotTable, near: Near, products: Float64Array, least: number, from: number): Counted => {
  let posts = 0
  let past = 0
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (products[slot]! < least) continue
    if (table.recent[slot] === 0 || table.times[slot]! <= from) past += table.masses[slot]!
    else insideSlots[posts++] = slot
  }
  return { people: distinctCount(insideSlots, posts, table.people), posts, past }
}

/** The posts of the window that are near, the nearest where they are many. */
const nearestRecent = (table: SlotTable, near: Near, products: Float64Array): Placed[] => {
  const slots: number[] = []
  for (let at = 0; at < near.size; at++) if (table.recent[near.slots[at]!] === 1) slots.push(near.slots[at]!)
  if (slots.length > MAX_AROUND) {
    slots.sort((a, b) => products[b]! - products[a]! || table.times[a]! - table.times[b]! || a - b)
    slots.length = MAX_AROUND
  }
  return slots.map((slot) => table.placed[slot]!)
}

const membersOf = (table: SlotTable, near: Near, products: Float64Array, least: number): Post[] => {
  const members: Post[] = []
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (table.recent[slot] === 1 && products[slot]! >= least) members.push(table.placed[slot]!.post)
  }
  return members.sort((a, b) => a.at - b.at)
}

/** A single score is noisy; a neighbourhood complains when its posts do on average. */
const complains = (members: readonly Post[], threshold: number): boolean =>
  members.reduce((sum, { complaint }) => sum + complaint, 0) >= NEARLY * threshold * members.length
