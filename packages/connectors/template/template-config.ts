import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const TemplateConfig = Type.Object(
  {
    connector: Type.Literal('template'),
    ...sourceFields,
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://board.example',
      description: 'The board to read.',
    }),
    token: Secret('Token with the right to read posts.'),
    webhookSecret: Type.Optional(Secret('Signs what the board sends by itself; nothing is taken where absent.')),
    everyMs: Type.Integer({ minimum: 10_000, default: 60_000, description: 'Time between two looks. Milliseconds.' }),
  },
  { additionalProperties: false, description: 'Posts of a board, with a token.' },
)
export type TemplateConfig = Static<typeof TemplateConfig>
