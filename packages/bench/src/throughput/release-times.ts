type Appended = { value: Uint8Array; appendedAt: number }

/**
 * When the bus took the first mention whose event time is at least `clockMs`: nothing dated so can be decided before.
 * Null where none has come. Mentions of all brands count, because a source's clock is one for all of them.
 */
export const releaseTimes = (records: readonly Appended[]): ((clockMs: number) => number | null) => {
  const decoder = new TextDecoder()
  const mentions = records
    .map(({ value, appendedAt }) => ({ ...eventOf(decoder.decode(value)), appendedAt }))
    .filter(({ eventTime }) => eventTime !== null)
    .toSorted((a, b) => a.appendedAt - b.appendedAt)
  /** Mentions that are newer than all that were appended before them, in order. */
  const leaders: { eventTime: number; appendedAt: number }[] = []
  for (const { eventTime, appendedAt } of mentions) {
    if (eventTime! > (leaders.at(-1)?.eventTime ?? -Infinity)) leaders.push({ eventTime: eventTime!, appendedAt })
  }
  return (clockMs) => leaders.find(({ eventTime }) => eventTime >= clockMs)?.appendedAt ?? null
}

const eventOf = (text: string): { eventTime: number | null } => {
  const record = JSON.parse(text) as { kind: string; mention?: { eventTime: number } }
  return { eventTime: record.kind === 'mention' ? record.mention!.eventTime : null }
}
