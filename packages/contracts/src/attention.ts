import { type Static, Type } from 'typebox'
import { IssueState, Severity } from './issue.ts'
import { EpochMs } from './mention.ts'

const Clock = (description: string) => Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description })

export const Weekday = Type.Union([
  Type.Literal('mon'),
  Type.Literal('tue'),
  Type.Literal('wed'),
  Type.Literal('thu'),
  Type.Literal('fri'),
  Type.Literal('sat'),
  Type.Literal('sun'),
])
export type Weekday = Static<typeof Weekday>

/** Hours in which only a crisis is sent; the rest waits for their end. */
export const QuietHours = Type.Object(
  {
    days: Type.Array(Weekday, {
      default: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      minItems: 1,
      maxItems: 7,
      description: 'Days on which they begin; every day where absent.',
    }),
    from: Clock('When they begin, as 22:00 on the clocks of the time zone.'),
    to: Clock('When they end; the next day where that is not after `from`.'),
    timeZone: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Name of the IANA time zone, as Europe/Berlin; its summer time is followed.',
    }),
  },
  { additionalProperties: false },
)
export type QuietHours = Static<typeof QuietHours>

/** When and to whom a list goes of what was held since the last one. */
export const DigestRules = Type.Object(
  {
    at: Clock('Time of day, as 08:00 on the clocks of the time zone.'),
    timeZone: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Name of the IANA time zone, as Europe/Berlin.',
    }),
    targets: Type.Array(Type.String(), {
      minItems: 1,
      maxItems: 50,
      description: 'Names of targets: chat, mail or webhooks. Tools that wake people are told nothing.',
    }),
  },
  { additionalProperties: false },
)
export type DigestRules = Static<typeof DigestRules>

/** An issue whose page or messages were held, as it stands when the digest is made. */
export const HeldIssue = Type.Object({
  issueId: Type.String(),
  brand: Type.String(),
  label: Type.String(),
  severity: Severity,
  state: IssueState,
  people: Type.Integer(),
  /** When something of it was last held, and why. */
  heldAt: EpochMs,
  reason: Type.String(),
})
export type HeldIssue = Static<typeof HeldIssue>

/** What was held since `since`, the most people first; `more` is how many are left out. Not about one issue. */
export const HeldDigest = Type.Object({
  id: Type.String(),
  at: EpochMs,
  since: EpochMs,
  issues: Type.Array(HeldIssue, { maxItems: 50 }),
  more: Type.Integer(),
})
export type HeldDigest = Static<typeof HeldDigest>

/** Whom an issue goes to next while a clock of it is over. */
export const EscalationStep = Type.Object(
  {
    afterMs: Type.Integer({
      minimum: 60_000,
      maximum: 604_800_000,
      description:
        'How long after the step before; of the first step, how long nobody acknowledged since the page. Milliseconds.',
    }),
    targets: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      minItems: 1,
      maxItems: 50,
      description: 'Names of targets.',
    }),
  },
  { additionalProperties: false },
)
export type EscalationStep = Static<typeof EscalationStep>

/** Whom an issue goes to that nobody acknowledges, or of which another clock is over, one step after another. */
export const EscalationChain = Type.Object(
  {
    brands: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: 'Only issues of these brands.' })),
    issueTypes: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, maxItems: 100, description: 'Only issues of these types.' }),
    ),
    minSeverity: Type.Union([Type.Literal('incident'), Type.Literal('major'), Type.Literal('crisis')], {
      default: 'incident',
      description: 'Lowest severity that escalates.',
    }),
    steps: Type.Array(EscalationStep, { minItems: 1, maxItems: 20, description: 'In this order.' }),
  },
  { additionalProperties: false },
)
export type EscalationChain = Static<typeof EscalationChain>

/**
 * A person's wish to hear nothing of some issues for a while: those of a brand, of one type where given, or one issue.
 * It holds messages and pages, never a crisis.
 */
export const Mute = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  issueId: Type.Union([Type.String(), Type.Null()]),
  issueType: Type.Union([Type.String(), Type.Null()]),
  owner: Type.String(),
  reason: Type.String(),
  createdAt: EpochMs,
  /** When it ends by itself, or was ended. */
  until: EpochMs,
})
export type Mute = Static<typeof Mute>
