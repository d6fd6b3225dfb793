/** Controls, format characters (which reorder or hide text on a terminal), line separators, lone surrogates. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string => {
  switch (character) {
    case '\n':
      return '\\n'
    case '\r':
      return '\\r'
    case '\t':
      return '\\t'
    default:
      return `\\u{${character.codePointAt(0)!.toString(16)}}`
  }
}

/** Text from the world as one harmless line: it cannot move a cursor, forge a line or reorder what people read. */
export const escapeControl = (text: string): string => text.replaceAll(CONTROL, escaped)
