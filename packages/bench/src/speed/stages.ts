import { type Profiler, Session } from 'node:inspector/promises'

const SAMPLE_US = 200

/** Rooms of the core by stage. The room nearest to the root says whose work it is, whatever that calls. */
const STAGES: readonly (readonly [stage: string, rooms: RegExp])[] = [
  ['read text', /\/text\/src\/|\/(?:read-mention|type-matcher)\.ts$/],
  ['vector', /\/vectoriser\.ts$/],
  ['near posts', /\/(?:neighbourhood|scan|copies|campaign|slot-table|sparse-index|posting-lists|centroid)\.ts$/],
  ['clusters', /\/(?:brand-clusters|micro-clusters|cluster-[a-z]+)\.ts$/],
  ['counters', /\/(?:type-counters|counter-[a-z]+|hourly-rate)\.ts$/],
  ['issues', /\/(?:issue-book|issue|evidence|exemplars|label|suppressed-log)\.ts$/],
]
/** The vector is made while the text is read, and is told apart from it. */
const WITHIN = new Map([['read text', 'vector']])
const GARBAGE = 'garbage'
const PARSE = 'parse'
const REST = 'rest'

/** Share of each stage in the samples of a run of `work`; all stages in order. */
export const stageShares = async (work: () => void): Promise<[stage: string, share: number][]> => {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US })
  await session.post('Profiler.start')
  work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return shares(profile)
}

const shares = ({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): [string, number][] => {
  const stages = stageOfNodes(nodes)
  const names = [PARSE, ...STAGES.map(([stage]) => stage), GARBAGE, REST]
  const taken = new Map(names.map((name) => [name, 0]))
  let whole = 0
  samples.forEach((id, at) => {
    const stage = stages.get(id)
    if (stage === undefined) return
    taken.set(stage, taken.get(stage)! + timeDeltas[at]!)
    whole += timeDeltas[at]!
  })
  return [...taken].map(([stage, time]) => [stage, time / Math.max(1, whole)])
}

/** By node; idle time and the profiler's own have no stage. */
const stageOfNodes = (nodes: readonly Profiler.ProfileNode[]): Map<number, string> => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const found = new Map<number, string>()
  const visit = (id: number, above: string): void => {
    const { callFrame, children = [] } = byId.get(id)!
    const stage = stageOf(callFrame, above)
    if (stage) found.set(id, stage)
    for (const child of children) visit(child, stage ?? above)
  }
  const root = nodes[0]
  if (root) visit(root.id, REST)
  return found
}

const stageOf = ({ functionName, url }: Profiler.ProfileNode['callFrame'], above: string): string | undefined => {
  if (functionName === '(garbage collector)') return GARBAGE
  if (functionName === '(program)' || functionName === '(idle)' || functionName === '(root)') return undefined
  const own = STAGES.find(([, rooms]) => rooms.test(url))?.[0]
  if (own !== undefined && (above === REST || above === PARSE || WITHIN.get(above) === own)) return own
  // JSON.parse has no frame of its own: it counts for whoever calls it, which here only the bench does.
  return above === REST && url.endsWith('/speed.ts') ? PARSE : above === PARSE ? REST : above
}
