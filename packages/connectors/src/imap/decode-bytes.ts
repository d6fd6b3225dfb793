/** Text of bytes in a charset of mail; in UTF-8 or Windows-1252 where that is unknown or wrong. Half a character at the end goes. */
export const decodeBytes = (bytes: Uint8Array, charset: string): string => {
  // Who says ASCII and writes more, mostly writes UTF-8.
  const named = /^(?:us-)?ascii$/i.test(charset) ? 'utf-8' : charset
  return decoded(bytes, named) ?? decoded(bytes, 'utf-8') ?? new TextDecoder('windows-1252').decode(bytes)
}

/** Text of several pieces of one charset, whose ends may lie within a character. */
export const decodePieces = (pieces: readonly Uint8Array[], charset: string): string => {
  // Where each is whole they stay apart: shifts between them are no good Japanese (ISO-2022-JP).
  const texts = pieces.map((bytes) => decoded(bytes, charset, false))
  return texts.every((text) => text !== undefined) ? texts.join('') : decodeBytes(Buffer.concat(pieces), charset)
}

/** `isCut`: half a character at the end is no fault. */
const decoded = (bytes: Uint8Array, charset: string, isCut = true): string | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: isCut })
  } catch {
    return undefined
  }
}
