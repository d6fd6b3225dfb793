import { type Static, type TSchema, Type } from 'typebox'
import { EscalationStep } from './attention.ts'
import { Harm } from './issue.ts'
import { HOUR_MS, MINUTE_MS } from './time.ts'
import { Words } from './words.ts'

const LANGUAGE_PATTERN = '^(en|de|fr|es|it|nl|pt)$'
const KIND_PATTERN = '^(brief|holding|update|closing|notice)$'

/** The playbook of every issue whose type has none of its own. */
export const EVERY_OTHER_TYPE = '*'

/** What a template may hold in braces; a line with one of which nothing is known is left out. */
export const TEMPLATE_FACTS = [
  'what',
  'brand',
  'since',
  'affected',
  'cause',
  'eta',
  'unknownEta',
  'nextUpdate',
  'meanwhile',
  'remedy',
  'queue',
] as const

/** What `queue` may hold in braces: the name of the issue. */
export const QUEUE_FACTS = ['issue'] as const

const named = (maxLength: number, description: string) => Type.Optional(Words(maxLength, description))

/** No key but those of the pattern; `additionalProperties` would not get through typebox's defaults in a record. */
const byKey = <S extends TSchema>(
  pattern: string,
  schema: S,
  options: { default?: object; description?: string } = {},
) => Type.Record(Type.String({ pattern }), schema, { ...options, propertyNames: { pattern } })

const clock = (description: string) =>
  Type.Optional(
    Type.Union([Type.Integer({ minimum: 1_000, maximum: 604_800_000 }), Type.Null()], {
      description: `${description} Milliseconds; null switches it off.`,
    }),
  )

/** How long each step of the answer to an issue may take. */
export const PlaybookClocks = Type.Object(
  {
    acknowledgeMs: clock(
      'From the page until somebody acknowledges; where absent that of the first step of the escalation, else 15 minutes.',
    ),
    firstStatementMs: clock('From the page until the first public statement; 30 minutes where absent.'),
    updateMs: clock('From one public statement to the next, where none names its time; 60 minutes where absent.'),
    answerMs: clock('How old a complaint may become without an answer; 2 hours where absent.'),
    resolveMs: clock('From the page until it is resolved; 24 hours where absent.'),
    remindBeforeMs: clock('How long before one of these is over people are reminded; 5 minutes where absent.'),
  },
  { additionalProperties: false, default: {}, description: 'How long each step may take, with reminders and alarms.' },
)
export type PlaybookClocks = Static<typeof PlaybookClocks>

/** How long each step may take, in milliseconds; null where it is switched off. */
export type ClockTimes = Record<keyof PlaybookClocks, number | null>

/** What holds where a playbook names no time. */
const DEFAULT_TIMES: Readonly<ClockTimes> = {
  acknowledgeMs: 15 * MINUTE_MS,
  firstStatementMs: 30 * MINUTE_MS,
  updateMs: HOUR_MS,
  answerMs: 2 * HOUR_MS,
  resolveMs: 24 * HOUR_MS,
  remindBeforeMs: 5 * MINUTE_MS,
}

/** What a playbook says of the issues of a type; `*` is every other. */
export const Playbook = Type.Object(
  {
    issueType: Type.String({
      minLength: 1,
      maxLength: 63,
      description: 'Id of an issue type, or "*" for every other.',
    }),
    terms: Type.Array(Words(100), {
      default: [],
      maxItems: 200,
      description:
        'Further words or phrases by which an issue is proposed this type. What is counted is said by `detection.issueTypes`.',
    }),
    examples: Type.Array(Words(500), {
      default: [],
      maxItems: 100,
      description: 'Sentences as people complain; an issue in similar words is proposed this type.',
    }),
    harm: Type.Optional(
      Type.Union(Harm.anyOf, {
        description: 'What is at stake for people, told in the brief and the console; that of the type where absent.',
      }),
    ),
    owner: named(100, 'Who decides.'),
    channel: named(200, 'Where to engage first: the platform or place that these complaints are answered on.'),
    queue: named(
      200,
      'Where the front line sends people: a channel or queue. {issue} becomes the name of the issue, as in "#desk-{issue}".',
    ),
    escalation: Type.Optional(
      Type.Array(EscalationStep, {
        minItems: 1,
        maxItems: 20,
        description:
          'Whom an issue of this type goes to that nobody acknowledges, or of which another clock is over, in place of `alerting.escalation`.',
      }),
    ),
    clocks: PlaybookClocks,
    remedies: Type.Array(Words(300), {
      default: [],
      maxItems: 20,
      description: 'What may be offered; a statement that promises anything else is not approved.',
    }),
    mustNotSay: Type.Array(Type.String({ minLength: 2, maxLength: 200 }), {
      default: [],
      maxItems: 50,
      description: 'Words that no statement may hold, as whole words.',
    }),
    meanwhile: byKey(LANGUAGE_PATTERN, Words(500), {
      default: {},
      description: 'By language: what people can do until it is fixed.',
    }),
    templates: byKey(KIND_PATTERN, byKey(LANGUAGE_PATTERN, Type.String({ minLength: 1, maxLength: 4_000 })), {
      default: {},
      description:
        'By kind and language: the text in place of the built-in one. A line with {what}, {since}, {affected}, {cause}, {eta}, {nextUpdate}, {meanwhile}, {remedy} or {queue} is left out where that is not known.',
    }),
  },
  { additionalProperties: false },
)
export type Playbook = Static<typeof Playbook>

/** The times of an issue's playbook, with what holds where it names none. */
export const clockTimesOf = (playbook: Pick<Playbook, 'clocks'> | null): ClockTimes => ({
  ...DEFAULT_TIMES,
  ...playbook?.clocks,
})

/** A playbook as kept in the database; each change is a version of its own. `body` is null: back to the configuration. */
export type PlaybookVersion = {
  issueType: string
  /** 1 for the first of its type. */
  version: number
  body: Playbook | null
  /** Who wrote it. */
  by: string
  /** Epoch ms. */
  at: number
}

/** What an issue is about, as people see it: as somebody said, or as proposed. Kept in the issue. */
export type TypeOfIssue = {
  /** Null: none of the types. */
  id: string | null
  /** Its name for people, as it was called then. */
  label: string | null
  /** Who said so; null: it is proposed. */
  by: string | null
  /** Of a proposal, in words. */
  reason: string
  /** How sure a proposal is, 0 to 1; 1 where a person said it. */
  confidence: number
  /** When, epoch ms. */
  at: number
  /** Whether later issues in similar words are proposed the type; only of what a person said. */
  teaches: boolean
}
