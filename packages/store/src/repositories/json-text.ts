const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd')

/** Text as PostgreSQL can hold it: a NUL and half of a surrogate pair become U+FFFD. */
export const storableText = storable

/** JSON text for a json or jsonb parameter, with every string storable. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? storable(member) : member))
