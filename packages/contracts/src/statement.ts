import { type Static, Type } from 'typebox'
import { EpochMs } from './mention.ts'

/**
 * What the company says of an issue. `brief`: to its own front line, first. `holding`: known, sorry, until when. `update`:
 * while it lasts. `closing`: it is fixed, thank you. `notice`: to people who have not met it yet, on a banner, in a
 * newsletter, as a greeting of the chat.
 */
export const StatementKind = Type.Union([
  Type.Literal('brief'),
  Type.Literal('holding'),
  Type.Literal('update'),
  Type.Literal('closing'),
  Type.Literal('notice'),
])
export type StatementKind = Static<typeof StatementKind>

export const StatementState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('approved'),
  Type.Literal('published'),
  Type.Literal('withdrawn'),
])
export type StatementState = Static<typeof StatementState>

/** Languages in which Outcry drafts. */
export const StatementLanguage = Type.Union([
  Type.Literal('en'),
  Type.Literal('de'),
  Type.Literal('fr'),
  Type.Literal('es'),
  Type.Literal('it'),
  Type.Literal('nl'),
  Type.Literal('pt'),
])
export type StatementLanguage = Static<typeof StatementLanguage>

const line = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))

/** The facts of a statement that people give; the rest is known of the issue. */
export const StatementFacts = Type.Object(
  {
    what: line(300, 'What does not work, in words of the company; the label of the issue where absent.'),
    affected: line(300, 'Who is affected.'),
    cause: line(300, 'What went wrong, where it is known.'),
    meanwhile: line(500, 'What people can do until then.'),
    remedy: line(300, 'What is offered, of what the playbook allows.'),
    eta: Type.Optional(EpochMs),
    nextUpdate: Type.Optional(EpochMs),
  },
  { additionalProperties: false },
)
export type StatementFacts = Static<typeof StatementFacts>

/** Where a statement was published, by people. */
export const Publication = Type.Object(
  {
    channel: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    url: Type.Optional(Type.String({ maxLength: 2_048, pattern: '^https?://[^\\s<>"]+$' })),
    at: EpochMs,
    by: Type.String(),
  },
  { additionalProperties: false },
)
export type Publication = Static<typeof Publication>

/** A statement as it is kept. `version` counts its edits. Times in epoch ms. */
export type Statement = {
  id: string
  issueId: string
  brand: string
  kind: StatementKind
  language: StatementLanguage
  state: StatementState
  version: number
  facts: StatementFacts
  text: string
  writtenBy: string
  approvedBy: string | null
  createdAt: number
  updatedAt: number
  publications: readonly Publication[]
}

/** What is wrong with a statement, by a rule of its own. One that `blocks` keeps it from being approved. */
export const StatementFinding = Type.Object({
  rule: Type.Union([
    Type.Literal('empty'),
    Type.Literal('placeholder'),
    Type.Literal('eta-or-update'),
    Type.Literal('time-past'),
    Type.Literal('time-far'),
    Type.Literal('update-late'),
    Type.Literal('other-language'),
    Type.Literal('apology'),
    Type.Literal('length'),
    Type.Literal('but'),
    Type.Literal('blame'),
    Type.Literal('promise'),
    Type.Literal('remedy'),
    Type.Literal('must-not-say'),
  ]),
  blocks: Type.Boolean(),
  message: Type.String(),
  fix: Type.String(),
})
export type StatementFinding = Static<typeof StatementFinding>

/** A statement in the forms in which people paste it. */
export const RenderedStatement = Type.Object({
  text: Type.String(),
  markdown: Type.String(),
  slack: Type.String(),
  email: Type.Object({ subject: Type.String(), text: Type.String(), html: Type.String() }),
})
export type RenderedStatement = Static<typeof RenderedStatement>

/** Where people read a notice who have not met the problem: on a page, in their mail, on opening the chat, on the status page. */
export const NoticeMedium = Type.Union([
  Type.Literal('banner'),
  Type.Literal('newsletter'),
  Type.Literal('chat'),
  Type.Literal('status'),
])
export type NoticeMedium = Static<typeof NoticeMedium>

/** A notice to copy. `title` is the subject of a newsletter or the title of a status entry, null elsewhere. */
export const Notice = Type.Object({
  medium: NoticeMedium,
  title: Type.Union([Type.String(), Type.Null()]),
  text: Type.String(),
  findings: Type.Array(StatementFinding),
})
export type Notice = Static<typeof Notice>
