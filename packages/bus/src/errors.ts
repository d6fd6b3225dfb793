import { OutcryError } from '@outcry/contracts'

/** The bus or what carries it does not answer. Callers retry with back-off. */
export const busUnreachable = (what: string, fix: string, cause: unknown): OutcryError =>
  new OutcryError('BUS_UNREACHABLE', `The bus is unreachable: ${what}`, { fix, cause })

/** More bytes wait to be appended than the bound allows. Callers retry later. */
export const busOverloaded = (limitBytes: number): OutcryError =>
  new OutcryError('BUS_OVERLOADED', `More than ${limitBytes} bytes wait to be appended`, {
    fix: 'Wait for earlier appends before appending more, or make the database or the brokers faster.',
  })

export const busClosed = (): OutcryError =>
  new OutcryError('BUS_CLOSED', 'The bus was closed', { fix: 'Nothing: the process is stopping.' })

export const topicMissing = (topic: string, partition?: number): OutcryError =>
  new OutcryError(
    'BUS_TOPIC_MISSING',
    partition === undefined ? `Topic ${topic} does not exist` : `Topic ${topic} has no partition ${partition}`,
    { fix: 'Start Outcry once with rights to create topics, or create the topic by hand as docs/CONFIG.md says.' },
  )

export const consumerFailed = (group: string, reason: string, cause: unknown): OutcryError =>
  new OutcryError('BUS_CONSUMER_FAILED', `Consumer ${group} can never go on: ${reason}`, {
    fix: 'Restart the process; when it comes back, read the cause and check the rights of the bus user.',
    cause,
  })

export type RefusedRecord = { index: number; reason: 'too_large' | 'bad_key'; detail: string }

/** Records no driver takes. Nothing of the append was stored: dead-letter `refused` and append the others. */
export class RecordRefusedError extends OutcryError {
  readonly refused: readonly RefusedRecord[]

  constructor(topic: string, refused: readonly RefusedRecord[]) {
    super('BUS_RECORD_REFUSED', `${refused.length} records refused by topic ${topic}: ${refused[0]?.detail ?? ''}`, {
      fix: 'Send them to the dead-letter topic, or raise bus.maxRecordBytes.',
    })
    this.refused = refused
  }
}
