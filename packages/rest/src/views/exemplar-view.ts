import { Type, type Static } from 'typebox'
import { isoTime, type Exemplar } from '@outcry/contracts'
import { postLink } from './post-link.ts'
import { Nullable, Time } from './times.ts'

export const ExemplarView = Type.Object({
  mentionId: Type.String(),
  at: Time(),
  source: Type.String(),
  excerpt: Type.String({ description: 'Text of the world: show it as text.' }),
  url: Nullable(Type.String()),
})

export const exemplarView = ({ mentionId, at, source, excerpt, url }: Exemplar): Static<typeof ExemplarView> => ({
  mentionId,
  at: isoTime(at),
  source,
  excerpt,
  url: postLink(url),
})
