import type { ParseContext, ParseResult } from '../connector.ts'
import { mailToSighting } from './mail-to-sighting.ts'

/** The line before each mail of an mbox file (RFC 4155). */
const MBOX_LINE = /^From \S+ .*\d{4}.*\r?\n/gm

/** One mail, or the mails of an mbox file. */
export const parseMail = (bytes: Uint8Array, context: ParseContext): ParseResult => {
  const result: ParseResult = { sightings: [], rejects: [] }
  for (const source of mailsOf(Buffer.from(bytes).toString('latin1'))) {
    const mail = mailToSighting(source, context)
    if (mail !== null) result.sightings.push(mail.sighting)
    else result.rejects.push({ reason: 'unknown_shape', detail: 'is no mail', bytes: Buffer.from(source, 'latin1') })
  }
  return result
}

const mailsOf = (source: string): string[] => {
  if (!/^From \S/.test(source)) return [source]
  const lines = [...source.matchAll(MBOX_LINE)].filter(
    ({ index }) => index === 0 || /\n\r?\n$/.test(source.slice(Math.max(0, index - 3), index)),
  )
  if (lines.length === 0) return [source]
  return lines.map((line, at) =>
    source.slice(line.index + line[0].length, lines[at + 1]?.index).replaceAll(/^>(>*From )/gm, '$1'),
  )
}
