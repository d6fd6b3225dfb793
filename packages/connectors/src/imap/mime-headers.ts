import { decodeBytes, decodePieces } from './decode-bytes.ts'

/** Headers of a mail or of a part of one: names in lower case, values unfolded, each byte a character of Latin-1. */
export type MimeHeaders = ReadonlyMap<string, readonly string[]>

const MAX_HEADERS = 1_000
const WORD = String.raw`=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=`
const ENCODED_WORD = new RegExp(WORD, 'gi')
/** Encoded words after one another; the white space between them is only there to part them. */
const ENCODED_WORDS = new RegExp(`${WORD}(?:\\s*${WORD})*`, 'gi')

/** Parts what is a header from what is a body, at the first empty line. */
export const splitHead = (source: string): { headers: MimeHeaders; body: string } => {
  const end = /\r?\n\r?\n/.exec(source)
  const isBare = /^\r?\n/.test(source)
  const head = isBare ? '' : end === null ? source : source.slice(0, end.index)
  const body = isBare ? source.replace(/^\r?\n/, '') : end === null ? '' : source.slice(end.index + end[0].length)
  return { headers: headersOf(head), body }
}

const headersOf = (head: string): MimeHeaders => {
  const headers = new Map<string, string[]>()
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/, MAX_HEADERS)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (!/^[!-9;-~]+$/.test(name)) continue
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return headers
}

/** The value of a header as people read it: encoded words (RFC 2047) and bare UTF-8 decoded. */
export const headerText = (headers: MimeHeaders, name: string): string => {
  const value = headers.get(name)?.[0] ?? ''
  return decodeBytes(Buffer.from(value, 'latin1'), 'utf-8').replaceAll(ENCODED_WORDS, decodedWords)
}

/** A character may lie in two words of one charset. */
const decodedWords = (words: string): string => {
  const runs: { charset: string; bytes: Buffer[] }[] = []
  for (const [, charset = '', encoding = '', text = ''] of words.matchAll(ENCODED_WORD)) {
    const bytes =
      encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedPrintableBytes(text.replaceAll('_', ' '))
    const last = runs.at(-1)
    if (last?.charset === charset.toLowerCase()) last.bytes.push(bytes)
    else runs.push({ charset: charset.toLowerCase(), bytes: [bytes] })
  }
  return runs.map(({ charset, bytes }) => decodePieces(bytes, charset)).join('')
}

/** The bytes of quoted-printable text (RFC 2045); what is none of it stays as it is. */
export const quotedPrintableBytes = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll(/=[ \t]*\r?\n/g, '')
      .replaceAll(/=([\dA-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** A header such as `text/plain; charset="utf-8"`: its value in lower case, and its parameters. */
export const headerParameters = (
  headers: MimeHeaders,
  name: string,
): { value: string; parameters: ReadonlyMap<string, string> } => {
  const header = headers.get(name)?.[0] ?? ''
  const parameters = new Map<string, string>()
  for (const [, key, quoted, plain] of header.matchAll(/;\s*([\w*-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g))
    parameters.set(key!.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '')
  return { value: header.split(';', 1)[0]!.trim().toLowerCase(), parameters }
}
