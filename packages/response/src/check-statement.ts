import type { Playbook, StatementFacts, StatementFinding, StatementKind, StatementLanguage } from '@outcry/contracts'
import { doNotSay } from './do-not-say.ts'
import { APOLOGY, BLAME, BUT, PROMISE } from './phrases/tone.ts'

export type CheckRequest = {
  kind: StatementKind
  language: StatementLanguage
  facts: StatementFacts
  text: string
  playbook: Playbook | null
  /** Of the issue: what people complain of, in their words. */
  label: string
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

/** Checks facts and tone of a statement; the own people may be told anything that is not forbidden. */
export const checkStatement = (request: CheckRequest): StatementFinding[] => [
  ...checkText(request),
  ...(request.kind === 'brief' ? [] : [...checkTimes(request), ...checkTone(request), ...checkPromises(request)]),
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
    if (folded.includes(fold(words)))
      findings.push(finding('must-not-say', true, `The playbook forbids "${words}".`, 'Say it in other words, or not.'))
  return findings
}

const checkTimes = ({ kind, facts: { eta, nextUpdate }, nowMs }: CheckRequest): StatementFinding[] => {
  if (kind === 'closing') return []
  const findings: StatementFinding[] = []
  if (eta === undefined && nextUpdate === undefined)
    findings.push(
      finding(
        'eta-or-update',
        true,
        'It says neither when it will be fixed nor when there will be news.',
        'Give eta, or nextUpdate where nobody can know yet.',
      ),
    )
  for (const [name, time] of [
    ['eta', eta],
    ['nextUpdate', nextUpdate],
  ] as const)
    if (time !== undefined && time <= nowMs)
      findings.push(finding('time-past', true, `The time of ${name} has passed.`, 'Give a time that is to come.'))
  return findings
}

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
  const allowed = (playbook?.remedies ?? []).map(fold)
  const findings: StatementFinding[] = []
  if (facts.remedy !== undefined && !allowed.some((remedy) => remedy === fold(facts.remedy!)))
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
  const rest = unallowed.replace(fold(facts.what ?? label).replace(/[.!]+$/u, ''), ' ')
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

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

const finding = (rule: StatementFinding['rule'], blocks: boolean, message: string, fix: string): StatementFinding => ({
  rule,
  blocks,
  message,
  fix,
})
