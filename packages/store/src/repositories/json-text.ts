const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd')

/** Text as PostgreSQL can hold it: a NUL and half of a surrogate pair become U+FFFD. */
export const storableText = storable

/** A NUL or half of a surrogate pair, as JSON.stringify escapes them; or text that looks like that. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/

/** JSON text for a json or jsonb parameter, with every string storable. */
export const jsonText = (value: unknown): string => {
  const text = JSON.stringify(value)
  // Looking at each string on its way costs several times what writing them does, and hardly ever finds anything.
  if (!UNSTORABLE.test(text)) return text
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? storable(member) : member))
}
