/** Rows and columns of a glyph, in dots; one empty column follows each. */
export const GLYPH = { width: 5, height: 8, advance: 6 } as const

/** Five columns of two hex digits for each character from U+0020 to U+007E; the lowest bit is the top dot. */
const COLUMNS = [
  '0000000000 00005F0000 0007000700 147F147F14 242A7F2A12 2313086462 3649562050 0005030000',
  '001C224100 0041221C00 2A1C7F1C2A 08083E0808 0080703000 0808080808 0060600000 2010080402',
  '3E5149453E 00427F4000 4261514946 2141454B31 1814127F10 2745454539 3C4A494930 0171090503',
  '3649494936 064949291E 0036360000 0080740000 0814224100 1414141414 0041221408 0201510906',
  '324979413E 7E1111117E 7F49494936 3E41414122 7F4141221C 7F49494941 7F09090901 3E4149497A',
  '7F0808087F 00417F4100 2040413F01 7F08142241 7F40404040 7F020C027F 7F0408107F 3E4141413E',
  '7F09090906 3E4151215E 7F09192946 4649494931 01017F0101 3F4040403F 1F2040201F 3F4038403F',
  '6314081463 0708700807 6151494543 007F414100 0204081020 0041417F00 0402010204 4040404040',
  '0001020400 2054545478 7F48444438 3844444420 384444487F 3854545418 087E090102 18A4A49C78',
  '7F08040478 00447D4000 2040443D00 7F10284400 00417F4000 7C04180478 7C08040478 3844444438',
  'FC18242418 18242418FC 7C08040408 4854545420 043F444020 3C4040207C 1C2040201C 3C4030403C',
  '4428102844 4C9090907C 4464544C44 0008364100 00007F0000 0041360800 0804081008',
]
  .join(' ')
  .split(' ')

const FIRST = 0x20
const TYPOGRAPHY: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  ı: 'i',
}

/** The columns of a character that the font has, each with a bit per dot; null for any other character. */
export const glyphOf = (character: string): number[] | null => {
  const columns = COLUMNS[(character.codePointAt(0) ?? 0) - FIRST]
  return columns?.match(/../g)?.map((column) => Number.parseInt(column, 16)) ?? null
}

/**
 * Text as the font can show it: accents are dropped, other characters give way to a space. Null where less than half
 * of it could be shown, as with scripts that the font does not have.
 */
export const drawableText = (text: string): string | null => {
  const plain = Array.from(text.normalize('NFKD').replaceAll(/\p{M}/gu, ''), (each) => TYPOGRAPHY[each] ?? each)
  const shown = plain.map((each) => (each.split('').every((one) => glyphOf(one) !== null) ? each : ' ')).join('')
  const drawn = shown.replaceAll(' ', '').length
  return drawn > 0 && drawn * 2 >= plain.join('').replaceAll(/\s/g, '').length
    ? shown.replaceAll(/ +/g, ' ').trim()
    : null
}
