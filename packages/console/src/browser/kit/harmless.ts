/**
 * What turns text around, controls what shows it, or piles more marks on a letter than any script needs. Marks of
 * direction that only say how to read a text stay: what shows it keeps them apart from its surroundings.
 */
// oxlint-disable-next-line no-control-regex
const HARMFUL = /[\u202a-\u202e\u2066-\u2069]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|(?<=\p{M}{6})\p{M}+/gu
/** The same in JSON, which escapes some of it. */
// oxlint-disable-next-line no-control-regex
const SUSPICIOUS = /[\u202a-\u202e\u2066-\u2069\u007f-\u009f]|\\u00[0189]|\\u20[26]|\p{M}{7}/iu
/** Names of what is sent back to the API, or followed, as it came. */
const KEPT = /^(?:id|ids|url|cursor|nextCursor)$|(?:Id|Ids)$/

/** Text of the world without what harms its reader; what it says stays. */
export const harmless = (text: string): string => text.replace(HARMFUL, '')

/** An answer of the API with harmless text in it. */
export const readJson = (json: string): unknown => {
  const value: unknown = JSON.parse(json)
  return SUSPICIOUS.test(json) ? cleaned(value) : value
}

const cleaned = (value: unknown): unknown => {
  if (typeof value === 'string') return harmless(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, KEPT.test(name) ? member : cleaned(member)]),
  )
}
