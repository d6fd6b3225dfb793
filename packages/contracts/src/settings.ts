import { type Static, Type } from 'typebox'
import { QuietHours } from './attention.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const Ms = (value: number, [minimum, maximum]: readonly [number, number], description: string) =>
  Type.Integer({ minimum, maximum, default: value, description: `${description} Milliseconds.` })

/** How one brand is recognised in text. */
export const BrandRules = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
      description: 'Short name in lower case, digits and dashes; used in the API, metrics and file output.',
    }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Name for people.' })),
    terms: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      default: [],
      maxItems: 200,
      description: 'Words or phrases that mean the brand; whole words, any case, accents ignored.',
    }),
    handles: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      default: [],
      maxItems: 200,
      description:
        'Account names such as "@acme", or domains such as "acme.example". What these accounts write is no complaint; their replies show who was answered.',
    }),
    exclude: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      default: [],
      maxItems: 200,
      description: 'Words or phrases that make a mention not about the brand.',
    }),
    languages: Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), {
      default: [],
      maxItems: 50,
      description: 'ISO 639 codes to keep; empty keeps all. A mention whose language is unknown is kept.',
    }),
    pagesPerWeek: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000, description: 'Page budget of this brand in a rolling 7 days.' }),
    ),
    quietHours: Type.Optional(
      Type.Array(QuietHours, {
        maxItems: 20,
        description: 'Quiet hours of this brand in place of `alerting.quietHours`; an empty list is none.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type BrandRules = Static<typeof BrandRules>

/** An issue type counted beside the scan. `terms` are words or phrases, whole words, any case. */
export const IssueTypeRules = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    label: Type.String({ minLength: 1, maxLength: 80 }),
    terms: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { default: [], maxItems: 500 }),
    examples: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { default: [], maxItems: 200 }),
    harm: Type.Optional(
      Type.Union([
        Type.Literal('none'),
        Type.Literal('access'),
        Type.Literal('privacy'),
        Type.Literal('money'),
        Type.Literal('safety'),
      ]),
    ),
  },
  { additionalProperties: false },
)
export type IssueTypeRules = Static<typeof IssueTypeRules>

/** What the detector may ask of a sentence model, and of which: answers of another are passed over. */
export const EmbeddingRules = Type.Object(
  { model: Type.String({ minLength: 1, maxLength: 128 }), perMinute: Type.Integer({ minimum: 1, maximum: 100_000 }) },
  { additionalProperties: false },
)
export type EmbeddingRules = Static<typeof EmbeddingRules>

/** Everything in the configuration that changes what is detected. Travels the bus as a record. */
export const DetectionSettings = Type.Object(
  {
    brands: Type.Array(Type.String(), { default: [], description: 'Ids of the watched brands.' }),
    issueTypes: Type.Array(IssueTypeRules, {
      default: [],
      maxItems: 100,
      description: "The user's own issue types, beside the built-in ones; the same id replaces a built-in one.",
    }),
    reorderMs: Ms(60_000, [0, HOUR_MS], 'How long mentions are held to be taken in event-time order; 0 not at all.'),
    dedupMs: Ms(86_400_000, [HOUR_MS, 30 * DAY_MS], 'How long an event id is remembered.'),
    dedupEntries: Type.Integer({
      minimum: 1_000,
      maximum: 10_000_000,
      default: 1_000_000,
      description: 'Most event ids remembered a brand.',
    }),
    historyMs: Ms(259_200_000, [HOUR_MS, 30 * DAY_MS], 'How far back shares and rates are learned from.'),
    falseAlarmProbability: Type.Number({
      exclusiveMinimum: 0,
      maximum: 0.01,
      default: 1e-6,
      description:
        'Tail probability below which people near one text open an issue. An issue type opens at 100 times this, from 8 people on at 1,000 times, complaints of all kinds together at 10 times: they are asked far less often.',
    }),
    minPeople: Type.Integer({
      minimum: 2,
      maximum: 1_000,
      default: 4,
      description: 'Fewest distinct people of a burst.',
    }),
    complaintThreshold: Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Complaint score from which a mention counts as a complaint.',
    }),
    calmMs: Ms(
      10_800_000,
      [MINUTE_MS, 7 * DAY_MS],
      'How long an issue continues after its last burst before it is calm.',
    ),
    reopenMs: Ms(
      86_400_000,
      [0, 30 * DAY_MS],
      'Complaints back within this time of resolution reopen the same issue; 0 never.',
    ),
    resolveAfterCalmMs: Ms(
      86_400_000,
      [MINUTE_MS, 30 * DAY_MS],
      'Calm for so long, with live sources, resolves an issue nobody took.',
    ),
    /** Absent where text alone decides. Made from the section `embedding` of the configuration. */
    embedding: Type.Optional(EmbeddingRules),
  },
  { additionalProperties: false },
)
export type DetectionSettings = Static<typeof DetectionSettings>

const LoggedSpan = Type.Integer({ minimum: 0 })

/**
 * The same as records of the log may hold it: spans were once taken of any length, none too, and what was decided with
 * them is decided again on a replay. The configuration refuses them.
 */
export const LoggedSettings = Type.Object(
  {
    ...DetectionSettings.properties,
    reorderMs: LoggedSpan,
    dedupMs: LoggedSpan,
    dedupEntries: Type.Integer({ minimum: 1_000 }),
    historyMs: LoggedSpan,
    calmMs: LoggedSpan,
    reopenMs: LoggedSpan,
    resolveAfterCalmMs: LoggedSpan,
  },
  { additionalProperties: false },
)
