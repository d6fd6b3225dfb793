import { type Authenticity, type Harm, SEVERITY_RANK, type Severity } from '@outcry/contracts'
import type { Issue } from './issue.ts'

const HARMS: readonly Harm[] = ['safety', 'privacy', 'money', 'access']
const HARM_SHARE = 0.2
const HOSTILE = 0.4
const MAJOR = { perHour: 16, people: 8 }
const CRISIS = { perHour: 60, people: 30 }
const HARM_NAMES: Readonly<Record<Harm, string>> = {
  safety: 'safety',
  privacy: 'personal data',
  money: 'money',
  access: 'people being locked out or stuck',
  none: 'no harm',
}

/** The gravest harm that a fifth of the posts speak of. */
export const harmOf = (issue: Issue): Harm =>
  HARMS.find((harm) => (issue.harms[harm] ?? 0) >= Math.max(2, issue.mentions * HARM_SHARE)) ?? 'none'

/**
 * Grade of a burst by people an hour and how far they are above the expected, raised by hostility, by several
 * platforms and by harm to money, privacy or safety.
 */
export const severityOf = (issue: Issue): Severity => {
  const perHour = (issue.observed * 3_600_000) / issue.windowMs
  const ratio = issue.observed / Math.max(issue.expected, 0.05)
  const people = issue.people.count
  const harm = harmOf(issue)
  const grave = harm === 'safety' || harm === 'privacy'
  const hostile = issue.mentions > 0 && issue.hostility / issue.mentions > HOSTILE
  const wide = Object.values(issue.platforms).filter((count) => count > 1).length >= 3
  let points = 0
  if (perHour >= MAJOR.perHour && people >= MAJOR.people && ratio >= 4) points++
  if (perHour >= 30 && people >= 16 && ratio >= 6) points++
  if (perHour >= CRISIS.perHour && people >= CRISIS.people && ratio >= 6) points++
  if (points > 0 && (grave || hostile || wide)) points++
  if (points > 0 && harm === 'money' && people >= 20) points++
  if (issue.authenticity === 'coordinated') return 'incident'
  return points >= 4 ? 'crisis' : points >= 1 ? 'major' : 'incident'
}

/** Why the issue has its grade, and what the next one asks for. */
export const gradeReason = (issue: Issue): string => {
  const perHour = Math.round((issue.observed * 3_600_000) / issue.windowMs)
  const harm = harmOf(issue)
  const facts = [`${perHour} people an hour`, `${issue.people.count} so far`]
  if (harm !== 'none') facts.push(`it speaks of ${HARM_NAMES[harm]}`)
  if (issue.mentions > 0 && issue.hostility / issue.mentions > HOSTILE) facts.push('people are hostile')
  const next =
    issue.severity === 'incident'
      ? `; major asks for ${MAJOR.perHour} an hour and ${MAJOR.people} people`
      : issue.severity === 'major'
        ? `; crisis asks for about ${CRISIS.perHour} an hour and ${CRISIS.people} people, fewer where harm is grave`
        : ''
  return `Graded ${issue.severity}: ${facts.join(', ')}${next}.`
}

/** The graver of two. */
export const graver = (a: Severity, b: Severity): Severity => (SEVERITY_RANK[a] >= SEVERITY_RANK[b] ? a : b)

/** Genuine, coordinated or uncertain, with the reasons for doubt; a person decides. */
export const doubtOf = (issue: Issue): { authenticity: Authenticity; reasons: string[] } => {
  const reasons: string[] = []
  const people = issue.people.count
  const copies = issue.reposts / Math.max(1, issue.reposts + issue.mentions)
  const young = issue.youngAccounts / Math.max(1, issue.mentions)
  if (copies > 0.5 && issue.reposts >= 4)
    reasons.push(`${issue.reposts} of ${issue.reposts + issue.mentions} posts copy others`)
  if (young > 0.4 && issue.youngAccounts >= 4)
    reasons.push(`${issue.youngAccounts} posts from accounts under 30 days old`)
  if (people > 0 && issue.mentions / people > 3) reasons.push(`${issue.mentions} posts by only ${people} people`)
  const authenticity =
    reasons.length === 0 ? 'genuine' : copies > 0.6 || reasons.length > 1 ? 'coordinated' : 'uncertain'
  return { authenticity, reasons }
}
