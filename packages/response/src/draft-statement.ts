import type { Playbook, StatementFacts, StatementKind, StatementLanguage } from '@outcry/contracts'
import { doNotSay } from './do-not-say.ts'
import type { KnownFacts } from './known-facts.ts'
import { queueName } from './queue-name.ts'
import { RUMOUR_OPENINGS, TEMPLATES } from './phrases/templates.ts'

export type DraftRequest = {
  kind: StatementKind
  language: StatementLanguage
  facts: StatementFacts
  known: KnownFacts
  playbook: Playbook | null
  /** IANA name of the zone in which times are told. */
  timeZone: string
}

const PLACEHOLDER = /\{(\w+)\}/g

/**
 * The text of a statement from its template: the playbook's, else the built-in one. A line with a placeholder of which
 * nothing is known is left out, so that nothing is claimed and no gap is left.
 */
export const draftStatement = (request: DraftRequest): string => {
  const { kind, language, known, playbook } = request
  const own = playbook?.templates[kind]?.[language]
  const values = valuesOf(request)
  if (own !== undefined) return filled(own, values)
  if (kind === 'brief') return briefOf(request, values)
  const template = TEMPLATES[language][kind]
  const [, ...rest] = template.split('\n')
  return filled(
    kind === 'holding' && known.isRumour ? [RUMOUR_OPENINGS[language], ...rest].join('\n') : template,
    values,
  )
}

type Values = ReadonlyMap<string, string>

const valuesOf = ({ language, facts, known, playbook, timeZone }: DraftRequest): Values => {
  const time = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : timeIn(ms, language, timeZone)
  const all: Record<string, string | undefined> = {
    what: withoutStop(facts.what ?? known.label),
    brand: known.brandName,
    since: time(known.since),
    affected: facts.affected === undefined ? undefined : withoutStop(facts.affected),
    cause: facts.cause === undefined ? undefined : withoutStop(facts.cause),
    eta: time(facts.eta),
    unknownEta: facts.eta === undefined ? '' : undefined,
    nextUpdate: time(facts.nextUpdate),
    meanwhile: facts.meanwhile ?? playbook?.meanwhile[language],
    remedy: facts.remedy,
    queue: playbook?.queue === undefined ? undefined : queueName(playbook.queue, known.label),
  }
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const filled = (template: string, values: Values): string =>
  template
    .split('\n')
    .filter((line) => [...line.matchAll(PLACEHOLDER)].every(([, name]) => values.has(name!)))
    // One pass: braces inside a value stay as they are.
    .map((line) => line.replace(PLACEHOLDER, (_whole, name: string) => values.get(name)!))
    .join('\n')

/** To the own people first: what is known, what to say, what not, where to send whom. In English unless a template says else. */
const briefOf = ({ known, playbook, facts }: DraftRequest, values: Values): string => {
  const share = known.unansweredShare
  const lines = [
    `${known.brandName}: ${values.get('what')}`,
    `Since ${values.get('since')}. ${known.people} people so far on ${known.platforms.join(', ') || 'no known platform'}; ` +
      `${known.expected.toFixed(1)} would be usual.`,
    `Seen by about ${known.reach} people${share === null ? '' : `; ${Math.round(share * 100)} % have no answer yet`}.`,
    known.isRumour
      ? 'Most tell what they heard, not what happened to them: confirm nothing that is not checked.'
      : null,
    facts.cause === undefined ? 'The cause is not known yet.' : `Cause: ${values.get('cause')}.`,
    facts.eta === undefined ? 'No time is promised.' : `Expected to be fixed by ${values.get('eta')}.`,
    values.has('nextUpdate') ? `Next update by ${values.get('nextUpdate')}.` : null,
    values.has('meanwhile') ? `Tell people: ${values.get('meanwhile')}` : null,
    playbook === null || playbook.remedies.length === 0
      ? 'Nothing may be offered.'
      : `May be offered: ${playbook.remedies.join('; ')}.`,
    doNotSay(playbook),
    playbook?.channel === undefined ? null : `Answer first on ${playbook.channel}.`,
    values.has('queue') ? `Send people to ${values.get('queue')}.` : null,
    playbook?.owner === undefined ? null : `${playbook.owner} decides.`,
  ]
  return lines.filter((line) => line !== null).join('\n')
}

const withoutStop = (text: string): string => text.trim().replace(/[.!\s]+$/u, '')

const timeIn = (ms: number, language: StatementLanguage, timeZone: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(ms)
