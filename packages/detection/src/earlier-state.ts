import type { DetectionSettings } from '@outcry/contracts'
import { oddsAsked } from './least-people.ts'
import { type Packed, asTyped } from './packed.ts'

/**
 * Version of a snapshot's layout. Raise it whenever anything that is packed changes, add the step from the version before
 * to `STEPS`, and write the new version's example (`packages/engine/test/write-snapshot.ts`): what is not read here is rebuilt
 * from the log, which has a week where the counters know four.
 */
export const SNAPSHOT_VERSION = 16

type Fields = Record<string, Packed>

/** The layout of each version brought to that of the next one. */
const STEPS: Readonly<Record<number, (state: Fields) => Fields>> = {
  11: (state) => ({
    ...state,
    clusters: within(state.clusters, 'clusters', sumsBesideMicros),
    suppressed: within(state.suppressed, 'voices', peopleBesidePosts),
  }),
  12: (state) => ({ ...state, suppressed: oddsBesideTopics(state) }),
  13: (state) => ({ ...state, issues: within(state.issues, 'issues', windowWithItsRule) }),
  14: (state) => ({
    ...state,
    removed: { horizon: 0, hours: new Float64Array(), events: [] },
    issues: within(state.issues, 'issues', withoutWordsOfPeople),
  }),
  15: (state) => ({ ...state, issues: within(state.issues, 'issues', splitFromNone) }),
}

/** The fields of a state in the present layout; undefined where its version cannot be read. */
export const presentLayout = (version: number, state: Packed): Fields | undefined => {
  let fields = state as Fields
  for (let at = version; at < SNAPSHOT_VERSION; at++) {
    const step = STEPS[at]
    if (!step) return undefined
    fields = step(fields)
  }
  return version > SNAPSHOT_VERSION ? undefined : fields
}

const within = (record: Packed | undefined, field: string, change: (inner: Fields) => Packed): Packed => {
  const fields = record as Fields
  return { ...fields, [field]: change(fields[field] as Fields) }
}

/** For a day, what was written as 11 was of either layout. */
const sumsBesideMicros = (clusters: Fields): Fields => {
  if (clusters.sums !== undefined) return clusters
  const { micros: packed, ...rest } = clusters
  const { micros, clusters: kept } = packed as { micros: Fields[]; clusters: Packed }
  return {
    ...rest,
    sums: micros.map(({ features, weights }) => ({ features: features!, weights: weights! })),
    micros: { clusters: kept, micros: micros.map(({ features: _features, weights: _weights, ...micro }) => micro) },
  }
}

const peopleBesidePosts = (voices: Fields): Fields => {
  if (!(voices.byPerson instanceof Float64Array)) return voices
  const flat = asTyped(voices.byPerson, Float64Array)
  const people = flat.filter((_, at) => at % 2 === 0)
  return { ...voices, byPerson: { people, posts: Int32Array.from(people, (_, at) => flat[2 * at + 1]!) } }
}

/** Until then each rule asked the same of few people and of many. */
const oddsBesideTopics = ({ suppressed, settings }: Fields): Packed => {
  const { topics, ...rest } = suppressed as { topics: { burst: Parameters<typeof oddsAsked>[0] }[] }
  const rules = settings as unknown as DetectionSettings
  const known = topics.map((topic) => ({ ...topic, asked: oddsAsked({ ...topic.burst, observed: 0 }, rules) }))
  return { ...rest, topics: known as unknown as Packed }
}

/** Until then it was not known which rule had counted an issue's window: it is taken for the issue's own. */
const windowWithItsRule = (issues: Packed): Packed =>
  (issues as Fields[]).map(({ windowMs, observed, expected, tailProbability, relativeVariance, ...issue }) => {
    const { rule, issueType, copied } = issue as { rule: string; issueType: string | null; copied: boolean }
    const counted = { windowMs: windowMs!, observed: observed!, expected: expected!, tailProbability: tailProbability! }
    const spread = relativeVariance === undefined ? {} : { relativeVariance }
    return { ...issue, strongest: { rule, issueType, copied, ...counted, ...spread } }
  })

/** Until then nothing was learned of what people removed or merged. */
const withoutWordsOfPeople = (issues: Packed): Packed =>
  (issues as Fields[]).map((issue) => ({ ...issue, refused: [], mergedInto: '' }))

/** Until then it was not kept which issue one was split off from. */
const splitFromNone = (issues: Packed): Packed => (issues as Fields[]).map((issue) => ({ ...issue, splitFrom: '' }))
