// Control characters, bidirectional overrides and invisible marks: they break lines, hide text or turn it around.
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
/** More marks on one letter than any script needs: they paint over the lines around. */
const PILE = /(?<=\p{M}{6})\p{M}+/gu
const MAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})*/gu
const HANDLE = /(?<![\p{L}\p{N}_/])@[\p{L}\p{N}_.-]{1,64}/gu

/** Text from the world on one line of visible characters, in one Unicode form. */
export const plainText = (text: string): string =>
  text.normalize('NFC').toWellFormed().replaceAll(PILE, '').replaceAll(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim()

/** The same without who wrote or was addressed: handles and mail addresses give way to `@…`. */
export const withoutHandles = (text: string): string => {
  const plain = plainText(text)
  return plain.includes('@') ? plain.replaceAll(MAIL, '@…').replaceAll(HANDLE, '@…') : plain
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and quoted attributes of HTML. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!)
