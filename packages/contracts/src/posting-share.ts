import { type Static, Type } from 'typebox'

/** Where nothing is configured: one in a hundred to one in twenty-five. */
export const USUAL_POSTING_SHARE = { low: 0.01, high: 0.04 }

const share = (normally: number, description: string) =>
  Type.Number({ exclusiveMinimum: 0, maximum: 1, default: normally, description })

/** How many of those who are affected post of it in public. */
export const PostingShare = Type.Object(
  {
    low: share(USUAL_POSTING_SHARE.low, 'At the least, 0 to 1.'),
    high: share(USUAL_POSTING_SHARE.high, 'At the most, 0 to 1.'),
  },
  {
    additionalProperties: false,
    default: {},
    description:
      'What share of the people whom an issue affects posts of it in public. Nobody can see it, so briefs and reports estimate a range with it; set what you learned of your own customers.',
  },
)
export type PostingShare = Static<typeof PostingShare>
