import type { LogEnds } from './topic-cursor.ts'

/** Looks at the end of the log that wait to be reached; the newest is always among them. */
const MAX_LOOKS = 32

/**
 * Up to when everything was delivered. A partition is delivered up to the last look at its end that was reached, and up
 * to the time of its last delivered record; the source up to the least of its partitions.
 */
export const createProgress = (startedAt: number) => {
  const times = new Map<string, number>()
  const positions = new Map<string, number>()
  let looks: { at: number; ends: readonly LogEnds[] }[] = []
  let sourceTime = startedAt

  const advance = (): void => {
    const newest = looks.at(-1)
    if (newest === undefined) return
    for (const { at, ends } of looks)
      for (const end of ends)
        if ((positions.get(keyOf(end)) ?? 0) >= end.next)
          times.set(keyOf(end), Math.max(at, times.get(keyOf(end)) ?? 0))
    const least = newest.ends.reduce((time, end) => Math.min(time, times.get(keyOf(end)) ?? 0), newest.at)
    sourceTime = Math.max(sourceTime, least)
    looks = looks.filter(({ at }) => at > least)
  }

  return {
    /** The ends of all partitions, read after `at`, epoch ms. */
    look: (at: number, ends: readonly LogEnds[]): void => {
      if (looks.length === MAX_LOOKS) looks.pop()
      looks.push({ at, ends })
      advance()
    },
    /** Everything before `next` was delivered; `recordTime` is that of the last record, epoch ms. */
    delivered: (topic: string, partition: number, next: number, recordTime: number): void => {
      const key = keyOf({ topic, partition })
      positions.set(key, next)
      times.set(key, Math.max(recordTime, times.get(key) ?? 0))
      advance()
    },
    sourceTime: (): number => sourceTime,
    /** Messages between what was delivered and the newest look at the end. */
    lag: (): number =>
      (looks.at(-1)?.ends ?? []).reduce(
        (sum, end) => sum + Math.max(0, end.next - (positions.get(keyOf(end)) ?? 0)),
        0,
      ),
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`
