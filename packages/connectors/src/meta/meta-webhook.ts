import type { WebhookRequest, WebhookVerdict } from '../connector.ts'
import { fieldsOf, idOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { hmacMatches } from '../webhook/hmac-matches.ts'
import { secretMatches } from '../webhook/secret-matches.ts'
import { graphTimeOf } from './graph-value.ts'

/** One change in a webhook. `account`: whose page or account it is about; `sentAt`: epoch ms. */
export type MetaChange = { field: string; value: Fields; account: string | undefined; sentAt: number | undefined }

/** The answer to Meta's question whether this address is meant (developers.facebook.com, "Webhooks: Getting Started"). */
export const metaChallenge = (verifyToken: string | undefined, query: WebhookRequest['query']): string | null =>
  verifyToken !== undefined &&
  query['hub.mode'] === 'subscribe' &&
  secretMatches([verifyToken], query['hub.verify_token'])
    ? (query['hub.challenge'] ?? null)
    : null

/** `X-Hub-Signature-256` over the raw body, by the secret of the app. */
export const metaVerdict = (appSecret: string | undefined, { headers, body }: WebhookRequest): WebhookVerdict => {
  if (appSecret === undefined) return 'off'
  const signature = headers['x-hub-signature-256']
  return hmacMatches({ algorithm: 'sha256', encoding: 'hex' }, [appSecret], body, signature) ? 'valid' : 'mismatch'
}

/**
 * The changes in the body of a webhook, in one change of it as the App Dashboard shows them, undefined where the value is
 * neither. Entries without changes are private messages.
 */
export const changesOf = (value: unknown): MetaChange[] | undefined => {
  const body = fieldsOf(value)
  if (body === undefined) return undefined
  if (!Array.isArray(body['entry'])) {
    const change = changeOf(body, undefined)
    return change === undefined ? undefined : [change]
  }
  return itemsOf(body['entry']).flatMap((each) => {
    const entry = fieldsOf(each)
    // Apps with Business Login for Instagram get the one change in the entry itself.
    const changes = Array.isArray(entry?.['changes']) ? itemsOf(entry['changes']) : [entry]
    return changes.flatMap((change) => changeOf(fieldsOf(change), entry) ?? [])
  })
}

/** Whether a value is a change that was taken out of its webhook. */
export const isChange = (value: unknown): value is MetaChange => {
  const change = fieldsOf(value)
  return change !== undefined && typeof change['field'] === 'string' && fieldsOf(change['value']) !== undefined
}

const changeOf = (change: Fields | undefined, entry: Fields | undefined): MetaChange | undefined => {
  const field = textOf(change?.['field'])
  const value = fieldsOf(change?.['value'])
  if (field === undefined || value === undefined) return undefined
  return { field, value, account: idOf(entry?.['id']), sentAt: graphTimeOf(entry?.['time']) }
}
