import { Type, type Static } from 'typebox'
import { Rating, isoTime } from '@outcry/contracts'
import type { MentionRow, TimelineRow } from '../ports-of-issues.ts'
import { postLink } from './post-link.ts'
import { Nullable, Time } from './times.ts'

export const MentionView = Type.Object({
  id: Type.String(),
  source: Type.String(),
  at: Time('When the public could first see it.'),
  text: Type.String({ description: 'Text of the world: show it as text.' }),
  title: Nullable(Type.String()),
  lang: Nullable(Type.String()),
  url: Nullable(Type.String()),
  complaint: Type.Number(),
  followers: Nullable(Type.Integer()),
  rating: Nullable(Rating),
})

export const mentionView = (mention: MentionRow): Static<typeof MentionView> => ({
  ...mention,
  at: isoTime(mention.at),
  url: postLink(mention.url),
})

export const TimelineEntryView = Type.Object({
  id: Type.String(),
  at: Time(),
  kind: Type.String(),
  actor: Type.String(),
  data: Type.Record(Type.String(), Type.Unknown()),
})

export const timelineEntryView = ({ id, at, kind, actor, body }: TimelineRow): Static<typeof TimelineEntryView> => ({
  id,
  at: isoTime(at),
  kind,
  actor,
  data: body,
})
