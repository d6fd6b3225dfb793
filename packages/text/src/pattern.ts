import { fold } from './fold.ts'
import { classAt, DIGIT, LETTER, SEPARATOR, UNSPACED } from './letters.ts'

/** One token of folded text and where it stands. */
export type Span = { readonly token: string; readonly start: number; readonly end: number }

/** How one configured string is found in text. */
export type Pattern =
  | { readonly kind: 'phrase'; readonly tokens: readonly string[]; readonly literal: string | null }
  | { readonly kind: 'handle'; readonly handle: string }
  | { readonly kind: 'domain'; readonly domain: string }

const HANDLE_NAME = /^@?[\p{L}\p{N}_][\p{L}\p{N}_.@-]*$/u
const DOMAIN = /^(?:[a-z]+:\/\/)?(?:www\.)?((?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]+)(?:[/:?#].*)?$/u
const ORDINARY = /^[\p{L}\p{N}\p{M}\s'’.-]*$/u

/**
 * Unicode words of folded text. A letter run and a digit run belong together ("a320"); a script without spaces has
 * one token a character, so that a name inside running Japanese is found, and a change of script is a boundary.
 */
export function spans(folded: string): Span[] {
  const found: Span[] = []
  let at = 0
  while (at < folded.length) {
    const kind = classAt(folded, at)
    const start = at
    if (kind === LETTER || kind === DIGIT) {
      do at++
      while (isWordPart(classAt(folded, at)))
    } else {
      at++
    }
    if (kind === UNSPACED || isWordPart(kind)) found.push({ token: folded.slice(start, at), start, end: at })
  }
  return found
}

function isWordPart(kind: number): boolean {
  return kind === LETTER || kind === DIGIT
}

/** A term or an exclusion; null where nothing in it can be matched. Symbols in it ("C++", "AT&T") must be there. */
export function phrasePattern(text: string): Pattern | null {
  const folded = fold(text).trim().replace(/\s+/g, ' ')
  const tokens = spans(folded).map((span) => span.token)
  if (tokens.length === 0) return null
  return { kind: 'phrase', tokens, literal: ORDINARY.test(folded) ? null : folded }
}

/** A configured handle: "@acme", "acme", or a domain such as "acme.example". */
export function handlePattern(text: string): Pattern | null {
  const folded = fold(text).trim()
  if (!folded.startsWith('@')) {
    const domain = DOMAIN.exec(folded)?.[1]
    if (domain) return { kind: 'domain', domain }
  }
  return HANDLE_NAME.test(folded) ? { kind: 'handle', handle: folded.replace(/^@/, '') } : null
}

/** An exclusion may be any of the three. */
export function anyPattern(text: string): Pattern | null {
  return text.trim().startsWith('@') || /^\S+\.\p{L}{2,}$/u.test(text.trim())
    ? handlePattern(text)
    : phrasePattern(text)
}

/** Words of one phrase may be parted by spaces, hyphens and the like, not by the end of a sentence. */
export function joins(folded: string, from: number, to: number): boolean {
  if (to - from > 4) return false
  let space = false
  let stop = false
  for (let i = from; i < to; i++) {
    const character = folded[i]!
    if (character === '\n') return false
    if (character === ' ' || character === '\u00a0') space = true
    else if (classAt(folded, i) === SEPARATOR && '.!?;:,()"'.includes(character)) stop = true
  }
  return !(space && stop)
}
