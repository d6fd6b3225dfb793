import type { Outcome } from '../src/send/outcome.ts'
import { answer, type Behaviour, createReceiver, misbehaviours, type Received } from './receiver.ts'

/** A local receiver of one protocol. */
export type Receiver<B> = {
  url: string
  port: number
  received: Received[]
  behave(...behaviours: B[]): unknown
  close(): Promise<void>
}

type Trouble<B> = { what: string; behaviour: B; outcome: Partial<Outcome> }

/** What the compliance suite needs of a protocol: a receiver, and the ways in which it misbehaves. */
export type Wire<B> = {
  /** The status of a message that was taken. */
  taken: number
  create(): Promise<Receiver<B>>
  /** Two answers after which a message comes again, and their status. */
  again: readonly [B, number][]
  troubles: readonly Trouble<B>[]
  /** Answers with what it got. */
  echo: B
}

/** Web receivers. `status` and `body` are what the tool documents for a message that it took. */
export const httpWire = (status = 202, body = ''): Wire<Behaviour> => ({
  taken: status,
  create: () => createReceiver(answer(status, body)),
  again: [
    [answer(500), 500],
    [answer(503), 503],
  ],
  troubles: [
    {
      what: 'answers nothing',
      behaviour: misbehaviours.silent,
      outcome: { type: 'retry', status: null, error: 'no answer within 500 ms' },
    },
    { what: 'resets the connection', behaviour: misbehaviours.reset, outcome: { type: 'retry', status: null } },
    { what: 'answers without end', behaviour: misbehaviours.huge, outcome: { type: 'retry', status: 500 } },
    { what: 'wants no more', behaviour: answer(410), outcome: { type: 'dead', status: 410 } },
    { what: 'refuses', behaviour: answer(400, 'no such routing key'), outcome: { type: 'dead', status: 400 } },
    { what: 'knows no such address', behaviour: answer(404), outcome: { type: 'dead', status: 404 } },
    { what: 'is busy', behaviour: answer(408), outcome: { type: 'retry', status: 408 } },
    { what: 'is throttling', behaviour: answer(429), outcome: { type: 'retry', status: 429, afterMs: 60_000 } },
  ],
  echo: (_request, response, received) =>
    response.writeHead(400).end(`${received.path} ${JSON.stringify(received.headers)} ${received.body}`.slice(0, 150)),
})
