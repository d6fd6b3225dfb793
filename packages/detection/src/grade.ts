import type { Harm, Severity } from '@outcry/contracts'
import { isRumour } from './doubt.ts'
import type { Issue } from './issue.ts'
import { counted } from './plain-words.ts'

const HARMS: readonly Harm[] = ['safety', 'privacy', 'money', 'access']
const HARM_SHARE = 0.2
const HOUR_MS = 3_600_000

/** Crowds: people an hour in the strongest window, people so far, and how many times the expected. */
const CROWDS = [
  { perHour: 16, people: 8, ratio: 3 },
  { perHour: 30, people: 16, ratio: 6 },
  { perHour: 60, people: 30, ratio: 6 },
] as const
const CRISIS_WEIGHT = 4
const CRISIS_PEOPLE = 16
/** People from which a harm weighs: the graver, the fewer. */
const HARM_WEIGHS_FROM: Readonly<Record<Harm, number>> = {
  safety: 4,
  privacy: 4,
  money: 12,
  access: 30,
  none: Infinity,
}
const HOSTILE = 0.4
const HOSTILITY_RISES = 0.15
const LEAST_TO_COMPARE = 8
const WIDE = 3
const FAR_REACH = 250_000
const DOUBLED = 2
const LEAST_ANSWERABLE = 12
const IGNORED = 0.8

const HARM_NAMES: Readonly<Record<Harm, string>> = {
  safety: 'people report danger to their safety',
  privacy: 'people report exposed personal data',
  money: 'people report lost money',
  access: 'people report being locked out or stuck',
  none: '',
}

/** The gravest harm that a fifth of the posts speak of. */
export const harmOf = (issue: Issue): Harm =>
  HARMS.find((harm) => (issue.harms[harm] ?? 0) >= Math.max(2, issue.mentions * HARM_SHARE)) ?? 'none'

/** People an hour in the strongest window. */
export const perHourOf = ({ strongest: { observed, windowMs } }: Pick<Issue, 'strongest'>): number =>
  (observed * HOUR_MS) / windowMs

/** How much more hostile the newer half of the posts kept is than the older half, -1 to 1; 0 where there are few. */
export const hostilityRise = ({ evidence }: Pick<Issue, 'evidence'>): number => {
  const half = Math.floor(evidence.length / 2)
  if (half < LEAST_TO_COMPARE) return 0
  const mean = (from: number, to: number) => {
    let sum = 0
    for (let at = from; at < to; at++) sum += evidence[at]!.hostility
    return sum / (to - from)
  }
  return mean(half, evidence.length) - mean(0, half)
}

/** People of the last hour and of the hour before it, by the series. */
export const pace = ({ steps }: Pick<Issue, 'steps'>): { lastHour: number; hourBefore: number } => {
  const now = (steps.at(-1)?.at ?? 0) + 1
  let lastHour = 0
  let hourBefore = 0
  for (const { at, people } of steps) {
    if (at > now - HOUR_MS) lastHour += people.size
    else if (at > now - 2 * HOUR_MS) hourBefore += people.size
  }
  return { lastHour, hourBefore }
}

/** Share of the posts kept that the brand left without a reply; undefined where its replies were never seen. */
export const unansweredShare = ({
  repliesSeen,
  evidence,
}: Pick<Issue, 'repliesSeen' | 'evidence'>): number | undefined =>
  repliesSeen && evidence.length > 0 ? evidence.filter(({ answered }) => !answered).length / evidence.length : undefined

/** One thing that makes it worse, by a short name and in a sentence. */
type Sign = { name: string; told: string }

/** How big the crowd is, 0 to 3, and everything that makes it worse, the gravest first, in plain words. */
const weighed = (issue: Issue): { crowd: number; worse: Sign[] } => {
  const perHour = perHourOf(issue)
  const ratio = issue.strongest.observed / Math.max(issue.strongest.expected, 0.05)
  const people = issue.people.count
  const fits = (of: (typeof CROWDS)[number]) => perHour >= of.perHour && people >= of.people && ratio >= of.ratio
  const worse: Sign[] = []
  const add = (name: string, told: string) => void worse.push({ name, told })
  const harm = harmOf(issue)
  if (people >= HARM_WEIGHS_FROM[harm]) add('harm', HARM_NAMES[harm])
  const rise = hostilityRise(issue)
  if (issue.mentions > 0 && issue.hostility / issue.mentions > HOSTILE) add('hostility', 'people are hostile')
  else if (rise >= HOSTILITY_RISES) add('hostility', 'hostility is rising')
  const { lastHour, hourBefore } = pace(issue)
  if (hourBefore >= LEAST_TO_COMPARE && lastHour >= DOUBLED * hourBefore)
    add('doubling', `it doubled: ${lastHour} people in the last hour, ${hourBefore} in the hour before`)
  const platforms = Object.values(issue.platforms).filter((count) => count > 1).length
  if (platforms >= WIDE) add(`${WIDE} sources`, `it is on ${platforms} sources`)
  if (issue.reach >= FAR_REACH) add('far reach', `it reached up to ${thousands(issue.reach)} followers`)
  const unanswered = unansweredShare(issue) ?? 0
  if (issue.evidence.length >= LEAST_ANSWERABLE && unanswered >= IGNORED && lasts(issue))
    add('no replies from you', `${Math.round(unanswered * 100)} of 100 posts have no reply from you`)
  return { crowd: CROWDS.filter(fits).length, worse }
}

/** Time enough to have answered. */
const lasts = ({ steps, since }: Issue): boolean => (steps.at(-1)?.at ?? 0) - since >= HOUR_MS

/**
 * Grade of a burst: a crowd, by people and their pace against the expected, makes it major; harm, hostility and its
 * rise, growth, several sources, reach and silence towards the people make it worse, up to a crisis. Danger and exposed
 * data are major from a handful of people on. What is coordinated stays an incident, a rumour is no crisis.
 */
export const severityOf = (issue: Issue): Severity => {
  if (issue.authenticity === 'coordinated') return 'incident'
  const { crowd, worse } = weighed(issue)
  const harm = harmOf(issue)
  const grave = (harm === 'safety' || harm === 'privacy') && issue.people.count >= HARM_WEIGHS_FROM[harm]
  if (crowd === 0) return grave ? 'major' : 'incident'
  const crisis = crowd + worse.length >= CRISIS_WEIGHT && issue.people.count >= CRISIS_PEOPLE && !isRumour(issue)
  return crisis ? 'crisis' : 'major'
}

/** Why the issue has its grade, and what the next one asks for. */
export const gradeReasons = (issue: Issue): string[] => {
  const { crowd, worse } = weighed(issue)
  const facts = [
    `${Math.round(perHourOf(issue))} people an hour`,
    `${counted(issue.people.count, 'person', 'people')} so far`,
  ]
  const told = worse.map((sign) => sign.told)
  return [`Graded ${issue.severity}: ${[...facts, ...told].join('; ')}.`, ...nextAsks(issue, crowd, worse)]
}

/** What may still make it worse: a bigger crowd counts once for each step. */
const nextAsks = (issue: Issue, crowd: number, worse: readonly Sign[]): string[] => {
  const { severity, authenticity } = issue
  if (severity === 'crisis') return []
  if (authenticity === 'coordinated') return ['It stays an incident while it looks organised.']
  if (severity === 'incident') return [`It becomes major with ${missingForMajor(issue).join(' and ')}.`]
  const bigger = CROWDS.slice(Math.max(1, crowd)).map(({ perHour }) => `${perHour} people an hour`)
  const known = new Set(worse.map(({ name }) => name))
  const others = ['harm', 'hostility', 'doubling', `${WIDE} sources`, 'far reach', 'no replies from you']
  const signs = [...bigger, ...others.filter((name) => !known.has(name))]
  return [
    `It becomes a crisis with ${Math.max(1, CRISIS_WEIGHT - worse.length - crowd)} more of these: ${signs.join(', ')}.`,
  ]
}

/** What a major crowd has and this one has not. */
const missingForMajor = (issue: Issue): string[] => {
  const [major] = CROWDS
  const more = major.people - issue.people.count
  const missing = more > 0 ? [`${more} more ${more === 1 ? 'person' : 'people'}`] : []
  if (perHourOf(issue) < major.perHour) missing.push(`${major.perHour} people an hour`)
  if (issue.strongest.observed < major.ratio * issue.strongest.expected)
    missing.push(`${major.ratio} times the expected`)
  return missing.length > 0 ? missing : ['the next person']
}

const thousands = (value: number): string =>
  value >= 1e6 ? `${Math.round(value / 1e5) / 10} million` : `${Math.round(value / 1_000)} thousand`
