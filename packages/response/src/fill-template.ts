import type { Playbook, StatementFacts, StatementLanguage } from '@outcry/contracts'
import type { KnownFacts } from './known-facts.ts'
import { queueName } from './queue-name.ts'

/** What a text is filled with: what people say of the issue, and what is known of it. */
export type FillRequest = {
  language: StatementLanguage
  facts: StatementFacts
  known: KnownFacts
  playbook: Playbook | null
  /** IANA name of the zone in which times are told. */
  timeZone: string
}

const PLACEHOLDER = /\{(\w+)\}/g

/** What is known, by the name of its placeholder. */
export type Values = ReadonlyMap<string, string>

/** `times`: whole, or as short as a banner wants them. */
export const valuesOf = (
  { language, facts, known, playbook, timeZone }: FillRequest,
  times: 'whole' | 'short' = 'whole',
): Values => {
  const time = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : timeIn(ms, language, timeZone, times, known.since)
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
    remedy: facts.remedy === undefined ? undefined : withoutStop(facts.remedy),
    queue: playbook?.queue === undefined ? undefined : queueName(playbook.queue, known.label),
  }
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** The template with its values; a line with a placeholder of which nothing is known is left out. */
export const filled = (template: string, values: Values): string =>
  template
    .split('\n')
    .filter((line) => [...line.matchAll(PLACEHOLDER)].every(([, name]) => values.has(name!)))
    // One pass: braces inside a value stay as they are.
    .map((line) => line.replace(PLACEHOLDER, (_whole, name: string) => values.get(name)!))
    .join('\n')

export const withoutStop = (text: string): string => text.trim().replace(/[.!\s]+$/u, '')

/** A time in words, with its year where it is another than that of `since`. */
export const timeIn = (
  ms: number,
  language: StatementLanguage,
  timeZone: string,
  times: 'whole' | 'short',
  since: number = ms,
): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    ...(times === 'whole'
      ? ({ weekday: 'long', day: 'numeric', month: 'long' } as const)
      : ({ weekday: 'short' } as const)),
    ...(yearIn(ms, timeZone) === yearIn(since, timeZone)
      ? {}
      : ({ day: 'numeric', month: times === 'whole' ? 'long' : 'short', year: 'numeric' } as const)),
    hour: language === 'en' ? 'numeric' : '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
    .formatToParts(ms)
    .map(({ type, value }) => (language === 'fr' && type === 'day' && value === '1' ? '1er' : value))
    .join('')
    .replaceAll('\u202f', ' ')

const yearIn = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(ms)
