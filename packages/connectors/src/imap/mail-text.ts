import { htmlToText } from '../html-to-text.ts'
import { decodeBytes } from './decode-bytes.ts'
import { headerParameters, quotedPrintableBytes, splitHead, type MimeHeaders } from './mime-headers.ts'
import { withoutQuotedHtml } from './quoted-html.ts'

const MAX_DEPTH = 8
const MAX_PARTS = 50

/** The text of a mail's body as it was sent, quotes and all; attachments are left out. */
export const mailText = (headers: MimeHeaders, body: string, depth = 0): string => {
  const { value, parameters } = headerParameters(headers, 'content-type')
  const type = value === '' ? 'text/plain' : value
  if (headerParameters(headers, 'content-disposition').value === 'attachment') return ''
  const boundary = parameters.get('boundary')
  if (type.startsWith('multipart/') && boundary !== undefined && boundary !== '' && depth < MAX_DEPTH)
    return multipartText(type, partsOf(body, boundary), depth)
  if (type !== 'text/plain' && type !== 'text/html') return ''
  const text = decodeBytes(bytesOf(headers, body), parameters.get('charset') ?? 'utf-8').replaceAll('\r\n', '\n')
  if (type === 'text/html') return htmlToText(withoutQuotedHtml(text))
  return parameters.get('format')?.toLowerCase() === 'flowed' ? unflowed(text) : text
}

/** Of alternatives the plain one, unless it is empty; of others all. */
const multipartText = (type: string, parts: readonly string[], depth: number): string => {
  const texts = parts.map((part) => {
    const { headers, body } = splitHead(part)
    return {
      isHtml: headerParameters(headers, 'content-type').value === 'text/html',
      text: mailText(headers, body, depth + 1),
    }
  })
  const filled = texts.filter(({ text }) => text.trim() !== '')
  if (type !== 'multipart/alternative') return filled.map(({ text }) => text).join('\n')
  return (filled.find(({ isHtml }) => !isHtml) ?? filled[0])?.text ?? ''
}

/** What lies between the lines of a boundary; the end of a mail that was cut off ends its last part. */
const partsOf = (body: string, boundary: string): string[] => {
  const line = `--${boundary}`
  const parts: string[] = []
  let begin = -1
  for (let at = lineStart(body, line, 0); at >= 0 && parts.length < MAX_PARTS; at = lineStart(body, line, at + 1)) {
    if (begin >= 0) parts.push(body.slice(begin, at).replace(/\r?\n$/, ''))
    if (body.startsWith('--', at + line.length)) return parts
    const end = body.indexOf('\n', at)
    if (end < 0) return parts
    begin = end + 1
  }
  if (begin >= 0 && parts.length < MAX_PARTS) parts.push(body.slice(begin))
  return parts
}

const lineStart = (body: string, line: string, from: number): number => {
  let at = body.indexOf(line, from)
  while (at > 0 && body[at - 1] !== '\n') at = body.indexOf(line, at + 1)
  return at
}

const bytesOf = (headers: MimeHeaders, body: string): Buffer => {
  switch (headerParameters(headers, 'content-transfer-encoding').value) {
    case 'base64':
      return Buffer.from(body, 'base64')
    case 'quoted-printable':
      return quotedPrintableBytes(body)
    default:
      return Buffer.from(body, 'latin1')
  }
}

/** Lines that end in a space go on in the next (RFC 3676), unless they are quoted or begin a signature. */
const unflowed = (text: string): string => text.replaceAll(/^(?!>)(?!-- $)(.*) \n(?!>)(?!-- ?\n)/gm, '$1 ')
