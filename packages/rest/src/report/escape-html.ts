import { plainText } from '@outcry/contracts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Text in a page: on one line, of visible characters, and markup nowhere. */
export const htmlText = (text: string): string =>
  plainText(text).replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character]!)
