/** Longest name of a channel in the tools that have the least room. Characters. */
const MAX_NAME_CHARS = 80

/**
 * Where the front line sends people, with the name in place of `{issue}`: lower case, words joined by dashes,
 * nothing that a chat or a link reads as more than a name. A long name ends at a word.
 */
export const queueName = (queue: string, label: string): string => {
  const room = MAX_NAME_CHARS - queue.replace(/^#/, '').replaceAll('{issue}', '').length
  return queue.replaceAll('{issue}', () => slug(label, Math.max(room, 1)))
}

/** A word, with the signs that other scripts write at their letters, and no pile of them. */
const WORD = /[\p{L}\p{N}](?:\p{M}{0,2}[\p{L}\p{N}])*\p{M}{0,2}/gu

const slug = (label: string, room: number): string => {
  const plain = label.normalize('NFKD').toLowerCase().normalize('NFKD')
  const words = plain
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .match(WORD) ?? ['issue']
  const [first = ''] = words
  return longest(words, '-', room) || longest(Array.from(first), '', room)
}

/** As many of the parts, from the first on, as there is room for. */
export const longest = (parts: readonly string[], joint: string, room: number): string => {
  let joined = ''
  for (const part of parts) {
    const longer = joined === '' ? part : joined + joint + part
    if (longer.length > room) break
    joined = longer
  }
  return joined
}
