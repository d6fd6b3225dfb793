import { Harm, isoTime, Playbook, type PlaybookVersion } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { IssuePlaybookRow, PlaybookRow } from '../ports-of-playbooks.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const FaultView = Type.Object({
  path: Type.String(),
  value: Type.Optional(Type.String()),
  message: Type.String(),
  fix: Type.String(),
})

export const PlaybookView = Type.Object({
  issueType: Type.String({ description: 'Id of an issue type; "*" is every other.' }),
  label: Type.String(),
  origin: Nullable(
    Type.Union([Type.Literal('configuration'), Type.Literal('database')], {
      description: 'Where it stands; null where the type has none of its own, and that of "*" counts.',
    }),
  ),
  playbook: Nullable(Playbook),
  version: Type.Integer({
    description: 'Newest version in the database, to name when writing; 0 where there is none.',
  }),
  by: Nullable(Type.String({ description: 'Who wrote that version.' })),
  at: Nullable(Time()),
  faults: Type.Array(FaultView, { description: 'What it refers to and is no longer there.' }),
})

export const playbookView = ({ at, faults, ...row }: PlaybookRow): Static<typeof PlaybookView> => ({
  ...row,
  at: timeOrNull(at),
  faults: [...faults],
})

export const PlaybookVersionView = Type.Object({
  version: Type.Integer(),
  playbook: Nullable(Playbook),
  by: Type.String(),
  at: Time(),
})

export const playbookVersionView = ({
  version,
  body,
  by,
  at,
}: PlaybookVersion): Static<typeof PlaybookVersionView> => ({
  version,
  playbook: body,
  by,
  at: isoTime(at),
})

export const IssuePlaybookView = Type.Object({
  issueType: Nullable(Type.String({ description: 'Whose playbook it is; "*" where the type has none of its own.' })),
  playbook: Nullable(Playbook),
  queue: Nullable(Type.String({ description: 'Where the front line sends people, with the name of the issue in it.' })),
  harm: Harm,
})

export const issuePlaybookView = (row: IssuePlaybookRow): Static<typeof IssuePlaybookView> => row
