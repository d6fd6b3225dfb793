import { MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { ImapConfig } from './imap-config.ts'
import { createLogin } from './imap-login.ts'
import { parseMail } from './parse-mail.ts'
import { readMailbox } from './read-mailbox.ts'

/** Mail in a folder of an IMAP server (RFC 9051, RFC 3501). */
export const imap: Connector<typeof ImapConfig> = {
  name: 'imap',
  configSchema: ImapConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Mail to the company: those of its own privacy notice.',
  },
  create: (config, context) => {
    const blindAfterMs = config.blindAfterMs ?? imap.defaults.blindAfterMs
    const login = createLogin(config, context)
    return { run: (signal) => readMailbox(config, login, context, blindAfterMs, signal) }
  },
  parse: parseMail,
}
