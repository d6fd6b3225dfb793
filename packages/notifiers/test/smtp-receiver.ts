import type { AddressInfo, Socket } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Received } from './receiver.ts'
import type { Receiver, Wire } from './wire.ts'

export const LOGIN = { username: 'outcry', password: 'pa55-of-the-login' }

/** What a mail server does with one mail, before or in place of taking it. */
export type MailBehaviour =
  | { on: 'greeting' | 'data'; act: 'reset' | 'silence' }
  | { on: 'sender' | 'recipient' | 'data'; act: 'refuse'; code: number; words: string }
  | { on: 'data'; act: 'echo' }

const refusal = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code })

/** A real SMTP server on this machine that asks for a login and keeps what it got. */
export const createSmtpReceiver = async (): Promise<Receiver<MailBehaviour>> => {
  const received: Received[] = []
  const script: MailBehaviour[] = []
  const sockets = new Set<Socket>()
  let current: MailBehaviour | undefined
  const reset = () => sockets.forEach((socket) => socket.resetAndDestroy())
  const refuses = (on: MailBehaviour['on']) =>
    current?.on === on && current.act === 'refuse' ? refusal(current.code, current.words) : null

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authMethods: ['PLAIN'],
    onConnect: (_session, done) => {
      current = script.shift()
      if (current?.on !== 'greeting') return done()
      if (current.act === 'reset') reset()
    },
    onAuth: ({ username, password }, _session, done) => {
      const known = username === LOGIN.username && password === LOGIN.password
      done(known ? null : refusal(535, 'who are you'), known ? { user: 'outcry' } : undefined)
    },
    onMailFrom: (_address, _session, done) => done(refuses('sender')),
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('nobody') ? refusal(550, 'no such mailbox') : refuses('recipient')),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const body = Buffer.concat(parts).toString('latin1')
        const path = session.envelope.rcptTo.map(({ address }) => address).join(',')
        received.push({ method: 'MAIL', headers: {}, body, path })
        if (current?.on !== 'data') return done()
        if (current.act === 'reset') return reset()
        if (current.act === 'refuse') return done(refusal(current.code, current.words))
        if (current.act === 'echo') done(refusal(554, `${LOGIN.username} ${LOGIN.password} ${body.slice(0, 60)}`))
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    behave: (...behaviours) => script.push(...behaviours),
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const refuse = (on: 'sender' | 'recipient' | 'data', code: number): MailBehaviour => ({
  on,
  act: 'refuse',
  code,
  words: 'not today',
})

export const smtpWire: Wire<MailBehaviour> = {
  taken: 250,
  create: createSmtpReceiver,
  again: [
    [refuse('data', 451), 451],
    [refuse('data', 452), 452],
  ],
  troubles: [
    {
      what: 'never greets',
      behaviour: { on: 'greeting', act: 'silence' },
      outcome: { type: 'retry', status: null, error: 'no answer within 500 ms' },
    },
    {
      what: 'never says whether it took the mail',
      behaviour: { on: 'data', act: 'silence' },
      outcome: { type: 'retry', status: null, error: 'no answer within 500 ms' },
    },
    { what: 'hangs up at once', behaviour: { on: 'greeting', act: 'reset' }, outcome: { type: 'retry', status: null } },
    {
      what: 'hangs up after the mail',
      behaviour: { on: 'data', act: 'reset' },
      outcome: { type: 'retry', status: null },
    },
    { what: 'has no time', behaviour: refuse('sender', 421), outcome: { type: 'retry', status: 421 } },
    { what: 'is grey-listing', behaviour: refuse('recipient', 450), outcome: { type: 'retry', status: 450 } },
    { what: 'does not know the sender', behaviour: refuse('sender', 550), outcome: { type: 'dead', status: 550 } },
    { what: 'does not want the mail', behaviour: refuse('data', 554), outcome: { type: 'dead', status: 554 } },
  ],
  echo: { on: 'data', act: 'echo' },
}

export const readMail = simpleParser
