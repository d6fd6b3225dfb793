import { sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const FileConfig = Type.Object(
  {
    connector: Type.Literal('file'),
    ...sourceFields,
    path: Type.String({ minLength: 1, description: 'File to read, or "-" for standard input; .gz and .zst too.' }),
    format: Type.Optional(
      Type.Union([Type.Literal('jsonl'), Type.Literal('csv')], {
        description: 'Told by the suffix or the first character where absent.',
      }),
    ),
    map: Type.Record(Type.String(), Type.String(), {
      default: {},
      description: 'Which column each field is read from, for example createdAt: ts.',
    }),
    speed: Type.Union([Type.Literal('asFast'), Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000 })], {
      default: 'asFast',
      description: 'asFast, or how many times faster than the mentions were written.',
    }),
    atEnd: Type.Union([Type.Literal('stop'), Type.Literal('follow')], {
      default: 'stop',
      description: 'stop at the end of the file, or follow it as it grows (plain JSON lines only).',
    }),
  },
  { additionalProperties: false, description: 'Mentions of a file, at the times they were written.' },
)
export type FileConfig = Static<typeof FileConfig>
