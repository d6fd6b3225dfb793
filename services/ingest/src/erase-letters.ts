import { eraseDeadLetters, type Bus } from '@outcry/bus'
import type { Clock, Logger } from '@outcry/runtime'

/** A mention in the dead letters is known by its id, or by what the platform calls it, which is the end of the id. */
const namesOf = (mentionId: string): string[] => [mentionId, mentionId.slice(mentionId.lastIndexOf(':') + 1)]

/**
 * Erases the dead letters that say one of the mentions, authors or texts. Whether all of them were found: what was not
 * stays for the retention of the topic, which is no reason to refuse the erasure.
 */
export const eraseLetters = async (
  { bus, clock, logger }: { bus: Bus; clock: Clock; logger: Logger },
  { mentionIds, said }: { mentionIds: readonly string[]; said: readonly string[] },
): Promise<boolean> => {
  try {
    const { complete } = await eraseDeadLetters(bus, [...mentionIds.flatMap(namesOf), ...said], clock)
    return complete
  } catch (error) {
    logger.warn({ error }, 'dead letters could not be searched, they stay for their retention')
    return false
  }
}
