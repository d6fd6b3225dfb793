import { MAX_TEXT_CHARS } from '@outcry/contracts'

// C0 and C1 controls without tab and newline, bidirectional overrides, and the characters that render as nothing.
// oxlint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu

/**
 * Text in normal form: NFC, line ends as "\n", without control characters, lone surrogates and invisible marks, cut to
 * `maxChars` UTF-16 units without splitting a character, trimmed.
 */
export const cleanText = (text: string, maxChars: number = MAX_TEXT_CHARS): string => {
  // Normalising can grow a text threefold; cutting first bounds the work for hostile input.
  const bounded = text.length > maxChars * 2 ? text.slice(0, maxChars * 2) : text
  const visible = bounded.replaceAll('\r\n', '\n').toWellFormed().replace(UNWANTED, '')
  return cut(visible.normalize('NFC'), maxChars).trim()
}

const cut = (text: string, maxChars: number): string => {
  if (text.length <= maxChars) return text
  const last = text.charCodeAt(maxChars - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars)
}
