import { hash } from 'node:crypto'
import { cleanText } from '../clean-text.ts'
import type { ParseContext, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { makeSighting } from '../make-sighting.ts'
import { mailText } from './mail-text.ts'
import { headerParameters, headerText, splitHead, type MimeHeaders } from './mime-headers.ts'
import { ownWords } from './own-words.ts'

const MAX_ID_CHARS = 300
/** What a person newly wrote may stand below a long quote. */
const MAX_TEXT_CHARS = 200_000
const MESSAGE_ID = /<([^<>\s]+)>/g
const ADDRESS = /[^\s<>,;:"()[\]@]+@[^\s<>,;:"()[\]@]+/
const REPLY_MARKS = /^(?:\s*(?:re|aw|sv|ré|rép|odp|antw|ynt|yanıt|отв|ha|rif|回复|答复)(?:\[\d+\])?\s?[:：])+\s*/iu
const FORWARD_MARK = /^\s*(?:fwd?|wg|tr|rv|enc|doorst|vb|vs|i|пересл|转发)\s?[:：]/iu
const AUTOMATIC_PRECEDENCE = new Set(['bulk', 'list', 'junk', 'auto_reply'])

/** A mail in the form of RFC 5322. `isAutomatic`: written by a machine, or to a list. */
export type Mail = { sighting: Sighting; isAutomatic: boolean }

/**
 * A mail as a mention: what its writer newly wrote, the subject as title. Its id is its Message-ID, which is the same in
 * every folder; where it has none, a hash of what it is. Null where the bytes are no mail.
 */
export const mailToSighting = (source: string, context: ParseContext, receivedAt?: number): Mail | null => {
  const { headers, body } = splitHead(source)
  const from = headerText(headers, 'from')
  if (!['from', 'date', 'message-id', 'subject', 'received'].some((name) => headers.has(name))) return null
  const subject = cleanText(headerText(headers, 'subject'), 1_000)
  const text = cleanText(mailText(headers, body), MAX_TEXT_CHARS)
  const own = ownWords(text)
  const parent = messageIds(headers, 'in-reply-to').at(-1) ?? messageIds(headers, 'references').at(-1)
  const sentAt = timeOf(headers.get('date')?.[0])
  const address = ADDRESS.exec(from.replace(/^[^<]*(?=<[^<>]*@)/, ''))?.[0]?.toLowerCase()
  const sighting = makeSighting(
    {
      id: mentionId(messageIds(headers, 'message-id')[0] ?? `${contentRevision(from, sentAt, subject, text)}@none`),
      kind: parent === undefined ? 'ticket' : 'message',
      // Who forwards without a word means what is forwarded.
      text: own === '' && FORWARD_MARK.test(subject) ? text : own,
      title: subject.replace(REPLY_MARKS, ''),
      author: address === undefined ? undefined : { id: address },
      parentId: parent === undefined ? undefined : mentionId(parent),
      createdAt: sentAt ?? receivedAt ?? passedAt(headers),
      publishedAt: receivedAt,
    },
    context,
  )
  // When it came into the folder, the server knows; when it was written, the writer's machine.
  if (receivedAt !== undefined) sighting.mention.eventTime = Math.min(receivedAt, context.observedAt)
  return { sighting, isAutomatic: isAutomatic(headers) }
}

/** Message-IDs name their server: one that is too long for an id is hashed. */
const mentionId = (messageId: string): string =>
  `imap:mail:${messageId.length <= MAX_ID_CHARS ? messageId : `${hash('sha256', messageId, 'base64url')}@long`}`

const messageIds = (headers: MimeHeaders, name: string): string[] =>
  [...(headers.get(name)?.[0] ?? '').matchAll(MESSAGE_ID)].map(([, id]) => id!)

/** Answering machines, bounces, lists (RFC 3834, RFC 2919, RFC 3464). */
const isAutomatic = (headers: MimeHeaders): boolean => {
  const automatic = headerParameters(headers, 'auto-submitted').value
  return (
    (automatic !== '' && automatic !== 'no') ||
    AUTOMATIC_PRECEDENCE.has(headerParameters(headers, 'precedence').value) ||
    ['list-id', 'list-unsubscribe', 'x-autoreply', 'x-autorespond'].some((name) => headers.has(name)) ||
    headerParameters(headers, 'content-type').value === 'multipart/report'
  )
}

/** When the last server on its way took it. */
const passedAt = (headers: MimeHeaders): number | undefined => timeOf(headers.get('received')?.[0]?.split(';').at(-1))

/** A date of RFC 5322, whose comments say the time zone again. */
const timeOf = (date: string | undefined): number | undefined => {
  const time = Date.parse((date ?? '').replaceAll(/\([^()]*\)/g, '').trim())
  return time >= 0 ? time : undefined
}
