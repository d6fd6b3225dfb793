import {
  DAY_MS,
  type Playbook,
  type StatementFacts,
  type StatementFinding,
  type StatementKind,
  type StatementLanguage,
} from '@outcry/contracts'
import { doNotSay } from './do-not-say.ts'
import { timeIn, withoutStop } from './fill-template.ts'
import { APOLOGY, BLAME, BUT, PROMISE } from './phrases/tone.ts'
import { fold } from './fold.ts'
import { holdsWords } from './holds-words.ts'
import { saysTime } from './says-time.ts'

export type CheckRequest = {
  kind: StatementKind
  language: StatementLanguage
  facts: StatementFacts
  text: string
  playbook: Playbook | null
  /** Of the issue: what people complain of, in their words. */
  label: string
  /** In which most of these people write, ISO 639; null where it is not known. */
  labelLanguage: string | null
  /** IANA name of the zone in which times are told. */
  timeZone: string
  nowMs: number
  /** Characters beyond which it is not read to its end; that of its kind where absent. */
  longest?: number
}

/** Longer ones are not read to their end. Characters. */
const LONGEST: Readonly<Record<Exclude<StatementKind, 'brief'>, number>> = {
  holding: 700,
  update: 700,
  closing: 500,
  notice: 400,
}

/** No time further ahead is promised. */
const FURTHEST_MS = 366 * DAY_MS

/** Checks facts and tone of a statement; the own people may be told anything that is not forbidden. */
export const checkStatement = (request: CheckRequest): StatementFinding[] => [
  ...checkText(request),
  ...(request.kind === 'brief'
    ? []
    : [...checkTimes(request), ...checkLanguage(request), ...checkTone(request), ...checkPromises(request)]),
]

const checkText = ({ kind, text, playbook }: CheckRequest): StatementFinding[] => {
  const findings: StatementFinding[] = []
  if (text.trim() === '') findings.push(finding('empty', true, 'It says nothing.', 'Write a text.'))
  const gap = /\{\w+\}/.exec(text)
  if (gap !== null)
    findings.push(finding('placeholder', true, `"${gap[0]}" is not filled in.`, 'Give the fact, or remove the line.'))
  // A brief says what is forbidden in order to forbid it.
  const folded = fold(kind === 'brief' ? text.replace(doNotSay(playbook) ?? '', '') : text)
  for (const words of playbook?.mustNotSay ?? [])
    if (holdsWords(folded, words))
      findings.push(finding('must-not-say', true, `The playbook forbids "${words}".`, 'Say it in other words, or not.'))
  return findings
}

const checkTimes = (request: CheckRequest): StatementFinding[] => {
  const { kind, nowMs } = request
  if (kind === 'closing') return []
  const { eta, nextUpdate } = request.facts
  const findings = checkSaid(request)
  for (const [name, time] of [
    ['eta', eta],
    ['nextUpdate', nextUpdate],
  ] as const) {
    if (time === undefined) continue
    if (time <= nowMs)
      findings.push(finding('time-past', true, `The time of ${name} has passed.`, 'Give a time that is to come.'))
    if (time > nowMs + FURTHEST_MS)
      findings.push(finding('time-far', true, `The time of ${name} is over a year away.`, 'Give a time within a year.'))
  }
  if (eta !== undefined && nextUpdate !== undefined && nextUpdate > eta)
    findings.push(
      finding(
        'update-late',
        false,
        'The next update comes after it should be fixed.',
        'Give a nextUpdate before eta, or none.',
      ),
    )
  return findings
}

/** One of its times must be told, in whatever words: facts that the text leaves out promise nothing to anybody. */
const checkSaid = ({ text, language, timeZone, facts, nowMs }: CheckRequest): StatementFinding[] => {
  const times = [facts.eta, facts.nextUpdate].filter((time) => time !== undefined)
  if (times.some((time) => saysTime(text, time, language, timeZone))) return []
  const fix =
    times.length === 0
      ? 'Give eta, or nextUpdate where nobody can know yet.'
      : `Say in the text: ${timeIn(times[0]!, language, timeZone, 'whole', nowMs)}.`
  return [finding('eta-or-update', true, 'It says neither when it will be fixed nor when there will be news.', fix)]
}

/** What people complain of, in words of another language than the text around it. */
const checkLanguage = ({ text, language, facts, label, labelLanguage }: CheckRequest): StatementFinding[] =>
  facts.what !== undefined || labelLanguage === null || labelLanguage === language || !fold(text).includes(fold(label))
    ? []
    : [
        finding(
          'other-language',
          false,
          `"${label}" is in another language than the text.`,
          'Give what does not work, in the language of the text.',
        ),
      ]

const checkTone = ({ kind, language, text, longest: given }: CheckRequest): StatementFinding[] => {
  if (kind === 'brief') return []
  const findings: StatementFinding[] = []
  if (!APOLOGY[language].test(text))
    findings.push(finding('apology', true, 'It does not say sorry.', 'Say sorry, once and early.'))
  const longest = given ?? LONGEST[kind]
  if (text.length > longest)
    findings.push(
      finding('length', false, `It is longer than ${longest} characters.`, 'Say less; explain on a page of your own.'),
    )
  const but = BUT[language].exec(text)
  if (but !== null)
    findings.push(finding('but', false, `"${but[0]}" takes back what stands before it.`, 'Make two sentences of it.'))
  const blame = BLAME[language].exec(text)
  if (blame !== null)
    findings.push(
      finding('blame', true, `"${blame[0]}" blames somebody.`, 'Say what happened and what you do about it.'),
    )
  return findings
}

const checkPromises = ({ language, facts, text, playbook, label }: CheckRequest): StatementFinding[] => {
  const allowed = (playbook?.remedies ?? []).map(foldedRemedy)
  const findings: StatementFinding[] = []
  if (facts.remedy !== undefined && !allowed.some((remedy) => remedy === foldedRemedy(facts.remedy!)))
    findings.push(
      finding(
        'remedy',
        true,
        `"${facts.remedy}" is no remedy of the playbook.`,
        'Choose one of its remedies, or none.',
      ),
    )
  // What is allowed may be promised in its own words, and "the refund never came" says what is wrong; what is left of
  // the text promises something else.
  const unallowed = allowed.reduce((left, remedy) => left.replaceAll(remedy, ' '), fold(text))
  const rest = unallowed.replace(fold(withoutStop(facts.what ?? label)), ' ')
  const promise = PROMISE[language].exec(rest)
  if (promise !== null)
    findings.push(
      finding(
        'promise',
        true,
        `"${promise[0]}" promises what the playbook does not allow.`,
        'Promise a remedy of the playbook in its words, or nothing.',
      ),
    )
  return findings
}

/** Without the full stop that the text around it sets. */
const foldedRemedy = (remedy: string): string => fold(withoutStop(remedy))

const finding = (rule: StatementFinding['rule'], blocks: boolean, message: string, fix: string): StatementFinding => ({
  rule,
  blocks,
  message,
  fix,
})
