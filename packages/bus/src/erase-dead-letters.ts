import { createParser, DeadLetter } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import type { Bus, StoredRecord } from './bus.ts'
import { letterBytes } from './dead-letter.ts'
import { readWhole } from './read-whole.ts'
import { saidIn } from './said-in.ts'
import { DEAD_LETTERS_TOPIC } from './topics.ts'
import { valueIn } from './value-in.ts'

/** Longest time of one search; at 50 MiB a second it reads some 1.5 GiB. */
const SEARCH_WITHIN_MS = 30_000

const parseLetter = createParser(DeadLetter)

/**
 * Takes the bytes out of every dead letter in which a field holds one of the values, or that says one of the texts: it
 * comes again under its key without them, so the log forgets them by its deadline. The letter stays, with reason and
 * place. Ids are values: as words they would also find what strangers say.
 *
 * `complete` is false where some stay for the retention of the topic: letters without a key, of earlier releases, and
 * what the search did not reach in its time. What says it in another encoding is not found.
 */
export const eraseDeadLetters = async (
  bus: Pick<Bus, 'allBounds' | 'consume' | 'append'>,
  { values, texts }: { values: readonly string[]; texts: readonly string[] },
  clock: Clock,
): Promise<{ erased: number; complete: boolean }> => {
  const says = saidIn(texts)
  const hasValue = valueIn(values)
  const concerned = (text: string) => says(text) || hasValue(text)
  const found = new Map<string, DeadLetter>()
  let keyless = 0
  const visit = ({ key, value }: StoredRecord) => {
    const letter = readLetter(value)
    if (key !== null) found.delete(key)
    if (letter === null || !holds(letter, concerned)) return
    if (key === null) keyless += 1
    else found.set(key, { ...letter, detail: '', bytes: '', erased: true })
  }
  const searched = await readWhole(bus, { topic: DEAD_LETTERS_TOPIC, withinMs: SEARCH_WITHIN_MS, clock, visit })
  const records = [...found].map(([key, letter]) => ({ partition: 0, key, value: letterBytes(letter) }))
  if (records.length > 0) await bus.append(DEAD_LETTERS_TOPIC, records)
  return { erased: records.length, complete: searched && keyless === 0 }
}

const readLetter = (value: Uint8Array): DeadLetter | null => {
  try {
    const parsed = parseLetter(JSON.parse(Buffer.from(value).toString()))
    return parsed.ok ? parsed.value : null
  } catch {
    return null
  }
}

const holds = ({ bytes, detail }: DeadLetter, concerned: (text: string) => boolean): boolean =>
  concerned(detail) || concerned(Buffer.from(bytes, 'base64').toString())
