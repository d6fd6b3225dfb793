import { DAY_MS, SECOND_MS } from '@outcry/contracts'
import type { FetchMessageObject, ImapFlow, ImapFlowOptions } from 'imapflow'
import type { SourceContext } from '../connector.ts'
import type { ImapConfig } from './imap-config.ts'
import { answerOf, asRefusal, isAuthenticationFailure, isPassing } from './imap-error.ts'
import type { Login } from './imap-login.ts'

const TIMEOUT_MS = 20 * SECOND_MS
/** Lines and what is between the mails; a mail itself is asked for up to a bound. */
const MAX_LINE_BYTES = 16_777_216
/** Servers bound the length of a command. */
const DATED_AT_ONCE = 500

/** A mail as the server gave it, its bytes as Latin-1. `receivedAt`: when it came into the folder, epoch ms. */
export type Letter = { uid: number; receivedAt: number | undefined; source: string }

/** An open folder, which is only read. Whatever fails closes it. */
export type Mailbox = {
  uidValidity: string
  /** The number that the next mail will have had when the folder was opened. */
  uidNext: number
  /** Numbers of the mails after one, in order. */
  after(uid: number): Promise<number[]>
  /** Numbers of the mails that came since a time, epoch ms, in order. */
  since(ms: number): Promise<number[]>
  /** Those of the mails that are still there and that the server can give. */
  fetch(uids: readonly number[]): Promise<Letter[]>
  /** Waits until the server tells of a mail, or the time is over. */
  news(waitMs: number): Promise<void>
  close(): void
}

/** Logs in and opens the folder read-only (EXAMINE), so that nothing is ever marked as seen. */
export const openMailbox = async (
  config: ImapConfig,
  login: Login,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Mailbox> => {
  const { clock } = context
  const client = await newClient(config, await login.credentials(signal))
  const closed = Promise.withResolvers<never>()
  closed.promise.catch(() => undefined)
  let tell = () => {}
  let hasNews = false
  client.on('error', (error) => closed.reject(error))
  client.on('close', () => closed.reject(new Error('the mail server closed the connection')))
  client.on('exists', () => {
    hasNews = true
    tell()
  })
  const abort = () => client.close()
  signal.addEventListener('abort', abort)

  /** Waits for the server so long, and never for a connection that is closed. */
  const within = async <T>(work: Promise<T>): Promise<T> => {
    const done = new AbortController()
    const late = clock.sleep(TIMEOUT_MS, AbortSignal.any([signal, done.signal])).then(() => {
      throw new Error(`the mail server did not answer within ${TIMEOUT_MS / SECOND_MS} s`)
    })
    late.catch(() => undefined)
    work.catch(() => undefined)
    try {
      return await Promise.race([work, late, closed.promise])
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      done.abort()
    }
  }

  const close = () => {
    signal.removeEventListener('abort', abort)
    client.close()
  }

  try {
    signal.throwIfAborted()
    await within(client.connect()).catch((error: unknown) => {
      throw isAuthenticationFailure(error) ? asRefusal(error, `${config.host} refuses the login`) : error
    })
    const box = await within(client.mailboxOpen(config.mailbox, { readOnly: true })).catch((error: unknown) => {
      const { status } = answerOf(error)
      throw status === 'NO' ? asRefusal(error, `the folder ${config.mailbox} cannot be opened`) : error
    })

    const search = async (query: object): Promise<number[]> => {
      const found = await within(client.search(query, { uid: true }))
      if (found === false || found === undefined) throw new Error('the mail server does not search')
      return found.toSorted((a, b) => a - b)
    }

    const rows = async (uids: readonly number[], query: object): Promise<FetchMessageObject[]> =>
      uids.length === 0 ? [] : within(client.fetchAll(uids.join(','), { uid: true, ...query }, { uid: true }))

    const letters = async (uids: readonly number[]): Promise<Letter[]> => {
      const query = { internalDate: true, source: { start: 0, maxLength: config.maxMailBytes } }
      return (await rows(uids, query)).flatMap(({ uid, source, internalDate }) =>
        source === undefined ? [] : [{ uid, receivedAt: timeOf(internalDate), source: source.toString('latin1') }],
      )
    }

    return {
      uidValidity: String(box.uidValidity),
      uidNext: box.uidNext,
      close,

      after: async (uid) => {
        // Of an empty range the server gives its last mail.
        const found = await search({ uid: `${uid + 1}:*` })
        return found.filter((each) => each > uid)
      },

      since: async (ms) => {
        // Servers search by days of a zone of their own.
        const found = await search({ since: new Date(ms - DAY_MS) })
        const late: number[] = []
        for (let at = 0; at < found.length; at += DATED_AT_ONCE)
          for (const { uid, internalDate } of await rows(found.slice(at, at + DATED_AT_ONCE), { internalDate: true }))
            if ((timeOf(internalDate) ?? ms) >= ms) late.push(uid)
        return late.toSorted((a, b) => a - b)
      },

      fetch: async (uids) => {
        try {
          return await letters(uids)
        } catch (error) {
          if (!isOfMail(error)) throw error
          // One mail that the server cannot give does not stand in the way of the others.
          const given: Letter[] = []
          for (const uid of uids)
            await letters([uid]).then(
              (each) => given.push(...each),
              (each: unknown) => {
                if (!isOfMail(each)) throw each
                context.gap('the mail server does not give a mail')
              },
            )
          return given
        }
      },

      news: async (waitMs) => {
        if (!hasNews) {
          const told = new Promise<void>((resolve) => {
            tell = resolve
          })
          const done = new AbortController()
          const late = clock.sleep(waitMs, AbortSignal.any([signal, done.signal]))
          late.catch(() => undefined)
          client.idle().catch(() => undefined)
          try {
            await Promise.race([told, late, closed.promise])
          } finally {
            done.abort()
          }
        }
        hasNews = false
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

const newClient = async (config: ImapConfig, auth: NonNullable<ImapFlowOptions['auth']>): Promise<ImapFlow> => {
  // Loaded by who reads mail only: it takes 30 MB.
  const imap = await import('imapflow')
  return new imap.ImapFlow({
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    doSTARTTLS: config.security === 'starttls',
    auth,
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    clientInfo: { name: 'outcry' },
    maxLineLength: MAX_LINE_BYTES,
    maxLiteralSize: config.maxMailBytes + MAX_LINE_BYTES,
    maxResponseSize: config.maxMailBytes + 2 * MAX_LINE_BYTES,
  })
}

/** Whether the server refused the mail, and not the connection or the moment. */
const isOfMail = (error: unknown): boolean => {
  const answer = answerOf(error)
  return answer.status === 'NO' && !isPassing(answer)
}

const timeOf = (date: Date | string | undefined): number | undefined => {
  const time = new Date(date ?? Number.NaN).getTime()
  return time >= 0 ? time : undefined
}
