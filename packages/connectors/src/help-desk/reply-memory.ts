import { createGuard } from '@outcry/contracts'
import { Type } from 'typebox'
import type { ParseContext, Sighting } from '../connector.ts'
import { makeSighting } from '../make-sighting.ts'

const MOST_KEPT = 1_000

/** Ids of replies, each with that of its thread; the oldest first. */
const isPairs = createGuard(Type.Array(Type.Tuple([Type.String(), Type.String()]), { maxItems: MOST_KEPT }))

/**
 * The newest replies that were read, so that a deleted ticket or conversation takes them with it: a help desk tells of
 * the deletion of the whole only.
 */
export const createReplyMemory = () => {
  const threads = new Map<string, string>()

  const note = (reply: string, thread: string): void => {
    threads.delete(reply)
    threads.set(reply, thread)
    if (threads.size > MOST_KEPT) threads.delete(threads.keys().next().value!)
  }

  const repliesTo = (thread: string): string[] =>
    [...threads].filter(([, each]) => each === thread).map(([reply]) => reply)

  return {
    restore: (pairs: unknown): void => {
      if (isPairs(pairs)) for (const [reply, thread] of pairs) note(reply, thread)
    },
    position: (): [string, string][] => [...threads],
    /** What was found, with a tombstone for every known reply in what is deleted; notes the replies in it. */
    follow: (sightings: readonly Sighting[], context: ParseContext): Sighting[] =>
      sightings.flatMap((sighting) => {
        const { id, op, kind, parentId } = sighting.mention
        if (op !== 'delete') {
          if (parentId !== undefined) note(id, parentId)
          return [sighting]
        }
        const replies = repliesTo(id)
        for (const reply of [id, ...replies]) threads.delete(reply)
        const item = { kind, text: '', isDeleted: true }
        return [sighting, ...replies.map((reply) => makeSighting({ ...item, id: reply, parentId: id }, context))]
      }),
  }
}
