import { escapeHtml } from '@outcry/contracts'

/** Text that is safe to put into a page as it is. Made by `html` alone. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Markup | readonly Part[] | null

/** HTML or SVG from a template; every value that is not markup itself is escaped, so hostile text stays text. */
export const html = (strings: TemplateStringsArray, ...values: readonly Part[]): Markup =>
  new Markup(strings.reduce((page, piece, index) => page + render(values[index - 1] ?? null) + piece))

const render = (part: Part): string => {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(render).join('')
  return escapeText(String(part))
}

/** Escapes markup, and replaces what could hide or reverse text: control and direction characters. */
const escapeText = (text: string): string =>
  escapeHtml(text)
    .replaceAll('`', '&#96;')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) => (/\s/.test(character) ? ' ' : '\uFFFD'))

/** The address where it is safe to click; null for anything but http and https. */
export const safeUrl = (url: string | null): string | null =>
  url !== null && /^https?:\/\/[^\s]+$/i.test(url) ? url : null
