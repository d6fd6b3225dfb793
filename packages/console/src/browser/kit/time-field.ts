/** A time as the field of a form wants it: in the reader's zone, by the minute. */
export const localTime = (iso: string | undefined): string => {
  if (iso === undefined) return ''
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** ISO 8601 of what was typed into a field of time; an unchanged one is the one that was known. */
export const timeOf = (typed: string, known: string | undefined): string => {
  if (typed === '') return ''
  if (known !== undefined && typed === localTime(known)) return known
  const at = new Date(typed)
  // The API says what is wrong with a time that is none.
  return Number.isNaN(at.getTime()) ? typed : at.toISOString()
}
