import { eraseDeadLetters, type Bus } from '@outcry/bus'
import type { Clock, Logger } from '@outcry/runtime'

/** A shorter text, such as "It is down", is said by many: it is looked for as all that a field holds. */
const MIN_SAID_CHARS = 20

/**
 * A mention in the dead letters is known by its id, or by what the platform calls it, which is the end of the id; an
 * answer comes with what it answers.
 */
const namesOf = (mentionId: string): string[] => {
  const itemId = mentionId.replace(/:reply$/, '')
  return [mentionId, itemId.slice(itemId.lastIndexOf(':') + 1)]
}

/**
 * Erases the dead letters that hold one of the mentions, authors or texts. Whether all of them were found: what was not
 * stays for the retention of the topic, which is no reason to refuse the erasure.
 */
export const eraseLetters = async (
  { bus, clock, logger }: { bus: Bus; clock: Clock; logger: Logger },
  { mentionIds, authorIds, texts }: Record<'mentionIds' | 'authorIds' | 'texts', readonly string[]>,
): Promise<boolean> => {
  try {
    const short = texts.filter((text) => text.length < MIN_SAID_CHARS)
    const values = [...mentionIds.flatMap(namesOf), ...authorIds, ...short]
    const long = texts.filter((text) => text.length >= MIN_SAID_CHARS)
    const { complete } = await eraseDeadLetters(bus, { values, texts: long }, clock)
    return complete
  } catch (error) {
    logger.warn({ error }, 'dead letters could not be searched, they stay for their retention')
    return false
  }
}
