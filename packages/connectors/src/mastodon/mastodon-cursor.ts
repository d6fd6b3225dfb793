import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

/**
 * How far one hashtag of one instance was read. `newest`: every post up to this id was delivered, null where there was
 * none yet. `lookedAt`: when the timeline was last read to its end, epoch ms.
 */
const Mark = Type.Object({
  instance: Type.String(),
  tag: Type.String(),
  newest: Type.Union([Type.String({ pattern: '^[\\w-]{1,64}$' }), Type.Null()]),
  lookedAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
})
export type Mark = Static<typeof Mark>
const isCursor = createGuard(Type.Object({ marks: Type.Array(Mark) }))

export type Marks = {
  get(instance: string, tag: string): Pick<Mark, 'newest' | 'lookedAt'>
  set(instance: string, tag: string, change: Partial<Pick<Mark, 'newest' | 'lookedAt'>>): void
  /** The cursor as it would be with this change. */
  cursor(instance: string, tag: string, change: Partial<Pick<Mark, 'newest' | 'lookedAt'>>): { marks: Mark[] }
}

/** The marks of what is configured now; those of others are let go. */
export const createMarks = (cursor: unknown, instances: readonly string[], tags: readonly string[]): Marks => {
  const known = isCursor(cursor) ? cursor.marks : []
  const marks = instances.flatMap((instance) =>
    tags.map((tag): Mark => {
      const before = known.find((mark) => mark.instance === instance && mark.tag === tag)
      return before ?? { instance, tag, newest: null, lookedAt: null }
    }),
  )
  const isOf = (mark: Mark, instance: string, tag: string) => mark.instance === instance && mark.tag === tag
  const find = (instance: string, tag: string): Mark => {
    const mark = marks.find((each) => isOf(each, instance, tag))
    if (mark === undefined) throw new Error('no mark of what is not configured')
    return mark
  }
  return {
    get: (instance, tag) => ({ ...find(instance, tag) }),
    set: (instance, tag, change) => void Object.assign(find(instance, tag), change),
    cursor: (instance, tag, change) => ({
      marks: marks.map((mark) => (isOf(mark, instance, tag) ? { ...mark, ...change } : { ...mark })),
    }),
  }
}
