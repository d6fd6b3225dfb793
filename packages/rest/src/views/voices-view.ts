import { type Static, Type } from 'typebox'
import type { Voices } from '../ports-of-voices.ts'
import { ExemplarView, exemplarView } from './exemplar-view.ts'
import { Nullable } from './times.ts'

/** A share of fewer posts says more than is known. */
const FEWEST_FOR_A_SHARE = 5

const Told = (description: string) =>
  Type.Object({
    posts: Type.Integer({ description }),
    first: Type.Array(ExemplarView, { description: 'Oldest first.' }),
  })

export const VoicesView = Type.Object({
  firstHand: Told('Posts that tell what happened to their writer.'),
  hearsay: Told('Posts that tell what their writer heard.'),
  firstHandShare: Nullable(Type.Number({ description: 'Of the posts that tell either; null where fewer than 5 do.' })),
  isRumour: Type.Boolean({ description: 'Most tell what they heard: drafts confirm nothing.' }),
})

export const voicesView = ({ firstHand, hearsay, isRumour }: Voices): Static<typeof VoicesView> => {
  const told = firstHand.posts + hearsay.posts
  return {
    firstHand: { posts: firstHand.posts, first: firstHand.first.map(exemplarView) },
    hearsay: { posts: hearsay.posts, first: hearsay.first.map(exemplarView) },
    firstHandShare: told < FEWEST_FOR_A_SHARE ? null : firstHand.posts / told,
    isRumour,
  }
}
