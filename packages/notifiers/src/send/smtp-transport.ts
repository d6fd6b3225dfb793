import { connect, type Socket } from 'node:net'
import nodemailer from 'nodemailer'
import { createConnectGuard } from './guarded-connect.ts'
import type { Verdict } from './outcome.ts'
import { reasonOf } from './reason-of.ts'
import { type Answer, type Transport, UNREACHED } from './transport.ts'

/** `starttls` refuses a server that does not offer it; `none` only reaches what `allowPrivate` names. */
export type SmtpServer = {
  host: string
  port: number
  tls: 'starttls' | 'implicit' | 'none'
  auth?: { user: string; pass: string }
}

/** One mail. Addresses are bare; `messageId` and `threadId` are without their angle brackets. */
export type Letter = {
  server: SmtpServer
  letter: {
    from: string
    to: readonly string[]
    subject: string
    text: string
    html: string
    messageId: string
    threadId: string
    headers: Record<string, string>
  }
}

export const createSmtpTransport = (options: {
  allowPrivate: readonly string[]
  timeoutMs: number
}): Transport<Letter> => {
  const { allowPrivate, timeoutMs } = options
  const guard = createConnectGuard(allowPrivate)

  const dial = async ({ host, port, tls }: SmtpServer, signal: AbortSignal): Promise<Socket> => {
    const secrecy = tls === 'none' ? 'plain' : 'secure'
    guard.checkLiteral(host, secrecy)
    const socket = connect({ host, port, lookup: guard.lookup(secrecy), signal })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return socket
  }

  const carry = async ({ server, letter }: Letter): Promise<Answer> => {
    const { host, port, tls, auth } = server
    const signal = AbortSignal.timeout(timeoutMs)
    const { messageId, threadId, to, ...rest } = letter
    let connection: Socket | undefined
    try {
      connection = await dial(server, signal)
      const transporter = nodemailer.createTransport({
        host,
        port,
        secure: tls === 'implicit',
        requireTLS: tls === 'starttls',
        ignoreTLS: tls === 'none',
        name: 'outcry.invalid',
        ...(auth === undefined ? {} : { auth }),
        // The signal ends the whole earlier.
        connectionTimeout: 2 * timeoutMs,
        greetingTimeout: 2 * timeoutMs,
        socketTimeout: 2 * timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
        connection,
      })
      const sent = await transporter.sendMail({
        ...rest,
        to: [...to],
        messageId: `<${messageId}>`,
        inReplyTo: `<${threadId}>`,
        references: `<${threadId}>`,
        signal,
      })
      const refused = sent.rejected.length
      const note = `${refused} of ${to.length} recipients were refused: ${sent.rejectedErrors?.[0]?.message ?? ''}`
      const verdict: Verdict = refused === 0 ? { type: 'delivered' } : { type: 'delivered', note }
      return { status: replyCode(sent.response), error: sent.response, verdict }
    } catch (error) {
      if (signal.aborted) return { status: null, error: `no answer within ${timeoutMs} ms`, verdict: UNREACHED }
      return failed(error)
    } finally {
      connection?.destroy()
    }
  }
  return { carry, close: async () => undefined }
}

const replyCode = (response: string): number => Number.parseInt(response, 10) || 250

/** RFC 5321: 4yz may get better, 5yz will not. What is not a reply is a connection that failed. */
const failed = (error: unknown): Answer => {
  const { responseCode, response } = error as { responseCode?: number; response?: string }
  if (responseCode === undefined) return { status: null, error: reasonOf(error), verdict: UNREACHED }
  const verdict: Verdict = responseCode >= 500 ? { type: 'never', gone: false } : UNREACHED
  return { status: responseCode, error: `smtp ${response ?? responseCode}`, verdict }
}
