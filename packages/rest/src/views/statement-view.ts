import { type Static, Type } from 'typebox'
import {
  isoTime,
  plainText,
  RenderedStatement,
  StatementFacts,
  StatementFinding,
  StatementKind,
  StatementLanguage,
  StatementState,
} from '@outcry/contracts'
import type { StatementRow } from '../ports-of-statements.ts'
import { bodyFaults } from '../refusal.ts'
import { Moment, momentMs, Nullable, Time } from './times.ts'

const { eta: _eta, nextUpdate: _nextUpdate, ...texts } = StatementFacts.properties

/** The facts as they come and go: times as ISO 8601. */
export const StatementFactsView = Type.Object(
  {
    ...texts,
    eta: Type.Optional(Moment('When it will be fixed.')),
    nextUpdate: Type.Optional(Moment('When there will be news, where nobody can know when it will be fixed.')),
  },
  { additionalProperties: false },
)

export const StatementView = Type.Object({
  id: Type.String(),
  issueId: Type.String(),
  brand: Type.String(),
  kind: StatementKind,
  language: StatementLanguage,
  state: StatementState,
  version: Type.Integer({ description: 'Counts its edits; sent with what changes it.' }),
  facts: StatementFactsView,
  findings: Type.Array(StatementFinding, {
    description: 'What is wrong with it now; one that blocks keeps it from being approved.',
  }),
  approval: Type.Union([Type.Literal('anyone'), Type.Literal('other')], {
    description: 'Who approves it: any responder, or another one than `writtenBy`.',
  }),
  text: Type.String({ description: 'As it was written; `rendered` is for copying.' }),
  rendered: RenderedStatement,
  writtenBy: Type.String(),
  approvedBy: Nullable(Type.String()),
  createdAt: Time(),
  updatedAt: Time(),
  publications: Type.Array(
    Type.Object({ channel: Type.String(), url: Nullable(Type.String()), at: Time(), by: Type.String() }),
    { description: 'Where people published it.' },
  ),
})

export const statementView = (row: StatementRow): Static<typeof StatementView> => {
  const { facts, findings, createdAt, updatedAt, publications, ...rest } = row
  const { eta, nextUpdate, ...said } = facts
  return {
    ...rest,
    facts: {
      ...said,
      ...(eta === undefined ? {} : { eta: isoTime(eta) }),
      ...(nextUpdate === undefined ? {} : { nextUpdate: isoTime(nextUpdate) }),
    },
    findings: [...findings],
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
    publications: publications.map(({ channel, url, at, by }) => ({ channel, url: url ?? null, at: isoTime(at), by })),
  }
}

/** The facts as they are kept: on one line of visible characters; a time that is none is refused. */
export const statementFacts = (view: Static<typeof StatementFactsView>): StatementFacts => {
  const { eta, nextUpdate, ...said } = view
  const plain = Object.entries(said).map(([name, text]) => [name, plainText(text)] as const)
  return {
    ...Object.fromEntries(plain.filter(([, text]) => text !== '')),
    ...(eta === undefined ? {} : { eta: momentOf('facts.eta', eta) }),
    ...(nextUpdate === undefined ? {} : { nextUpdate: momentOf('facts.nextUpdate', nextUpdate) }),
  }
}

const momentOf = (path: string, text: string): number => {
  const ms = momentMs('body', path, text)
  if (ms >= 0) return ms
  const fix = 'Give an existing time such as 2026-01-31T08:00:00Z.'
  throw bodyFaults([{ path, value: text, message: 'is no time', fix }])
}
