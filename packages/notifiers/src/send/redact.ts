import { plainText } from '@outcry/contracts'
import { cutText } from '../render/cut-text.ts'

const MAX_ERROR_CHARS = 200
const SHORTEST_HIDDEN = 4

/** A receiver's words for logs and receipts: one short line in which no secret of the target is left. */
export const redact = (text: string, secrets: readonly string[]): string => {
  const hidden = secrets.flatMap(formsOf).reduce((shown, form) => shown.replaceAll(form, '[redacted]'), text)
  return cutText(plainText(hidden), MAX_ERROR_CHARS)
}

/** What a receiver may echo of a secret, which may be an address. */
const formsOf = (secret: string): string[] => {
  const forms = [secret, encodeURIComponent(secret)]
  if (URL.canParse(secret)) {
    const { pathname, search } = new URL(secret)
    forms.push(`${pathname}${search}`, pathname)
  }
  return forms.filter((form) => form.length >= SHORTEST_HIDDEN)
}
