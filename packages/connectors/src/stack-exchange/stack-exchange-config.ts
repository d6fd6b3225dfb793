import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

export const StackExchangeConfig = Type.Object(
  {
    connector: Type.Literal('stack-exchange'),
    ...sourceFields,
    site: Type.String({
      pattern: '^[a-z0-9][a-z0-9.-]{1,60}$',
      default: 'stackoverflow',
      description: 'The site, as the API names it: "stackoverflow", "superuser", "webapps".',
    }),
    tags: Type.Array(Type.String({ pattern: '^[^\\s;]{1,35}$' }), {
      default: [],
      maxItems: 30,
      description: 'Tags of which every question is read.',
    }),
    searches: Type.Array(Type.String({ minLength: 2, maxLength: 200 }), {
      default: [],
      maxItems: 30,
      description: 'Words that a question has to hold, one search each.',
    }),
    key: Type.Optional(Secret('Key of an application registered on stackapps.com: 10,000 requests a day, else 300.')),
    everyMs: Type.Integer({ minimum: 60_000, default: 900_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://api.stackexchange.com/2.3',
      description: 'The API to ask.',
    }),
  },
  {
    additionalProperties: false,
    description:
      'Questions, answers and comments of Stack Overflow and the other sites of Stack Exchange. No credentials.',
  },
)
export type StackExchangeConfig = Static<typeof StackExchangeConfig>
