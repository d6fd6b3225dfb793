import type { TargetConfig } from '@outcry/contracts'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Format, type Rendered, secretsOf } from '../src/format.ts'
import type { Notice } from '../src/notice.ts'
import { createSender, type Sender } from '../src/send/sender.ts'
import { digestNotice, everyNotice, HOSTILE, hostileNotice, issueNotice, targetConfig } from './notices.ts'
import { answer, type Behaviour, createReceiver, misbehaviours, type Received } from './receiver.ts'
import { httpWire, type Receiver, type Wire } from './wire.ts'

/** What a format's own test says about it: its fields, and the documented rules a request must keep. */
export type FormatCase<R extends Rendered = Rendered> = {
  format: Format<R>
  /** The format's own fields for a receiver at `url`. */
  fields(url: string): Record<string, unknown>
  /** Broken rules of one request, in words. */
  faults(received: Received, notice: Notice): string[]
  /** What makes two tries one message to the receiver. */
  keyOf(received: Received): string
  /** What people read of a request; its body where absent. */
  shown?(received: Received): string
  /** Status and body that the tool documents for a message that it took; 202 without one where absent. */
  taken?: { status: number; body: string }
}

/** The rules every format of web requests keeps, whatever its tool. */
export const describeFormat = <R extends Rendered>(subject: FormatCase<R>): void => {
  const wire = httpWire(subject.taken?.status, subject.taken?.body)
  describeFormatOn(wire, subject)
  describe(`format ${subject.format.name} over http`, () => {
    const { start } = useSubject(wire, subject)

    it('waits as long as the receiver asks and does not come again before', async () => {
      const { receiver, sender, attempt, now } = start()
      receiver.behave(answer(429, '', { 'retry-after': '7' }))
      expect(await attempt(issueNotice())).toMatchObject({ type: 'retry', status: 429, afterMs: 7_000 })
      expect(sender.waitMs()).toBe(7_000)
      now.ms += 7_000
      expect(sender.waitMs()).toBe(0)
    })

    it.each([
      ['breaks off in the body', misbehaviours.halfBody],
      ['never ends its body', misbehaviours.slowBody],
    ])('takes the status of a receiver that %s', async (_what, behaviour: Behaviour) => {
      const { receiver, attempt } = start()
      receiver.behave(behaviour)
      expect(await attempt(issueNotice())).toMatchObject({ type: 'delivered', status: 202 })
    })

    it('never follows a redirect', async () => {
      const { receiver, attempt } = start()
      const elsewhere = await createReceiver()
      receiver.behave(answer(307, '', { location: elsewhere.url }), answer(302, '', { location: elsewhere.url }))
      expect(await attempt(issueNotice())).toMatchObject({ type: 'retry', status: 307 })
      expect(await attempt(issueNotice())).toMatchObject({ type: 'retry', status: 302 })
      expect(elsewhere.received).toEqual([])
      await elsewhere.close()
    })

    it('leaves alone a receiver that says it is gone, where that is its meaning', async () => {
      const { receiver, attempt } = start()
      receiver.behave(answer(410))
      expect(await attempt(issueNotice())).toMatchObject({ type: 'dead', status: 410 })
      const before = receiver.received.length
      const next = await attempt(issueNotice({ id: 'dl_9' }))
      expect(next.type).toBe(subject.format.endsWhenGone ? 'dead' : 'delivered')
      expect(receiver.received.length).toBe(subject.format.endsWhenGone ? before : before + 1)
    })
  })
}

/** The rules every format keeps, whatever its tool and protocol. */
export const describeFormatOn = <B, R extends Rendered>(wire: Wire<B>, subject: FormatCase<R>): void => {
  describe(`format ${subject.format.name}`, () => {
    const { start } = useSubject(wire, subject)
    const shown = (one: Received) => subject.shown?.(one) ?? one.body

    it('keeps the documented rules for everything there is to say', async () => {
      const { receiver, attempt } = start()
      for (const notice of everyNotice()) {
        const before = receiver.received.length
        const outcome = await attempt(notice)
        const sent = receiver.received.slice(before)
        expect(outcome).toMatchObject(
          sent.length === 0 ? { type: 'silent' } : { type: 'delivered', status: wire.taken },
        )
        expect(sent.flatMap((one) => subject.faults(one, notice))).toEqual([])
      }
      expect(receiver.received.length).toBeGreaterThan(5)
    })

    it('keeps them for hostile text of any length, and the numbers and the link survive', async () => {
      const { receiver, attempt } = start()
      for (const text of HOSTILE) {
        const notice = hostileNotice(text)
        expect(await attempt(notice)).toMatchObject({ type: 'delivered' })
        const sent = receiver.received.at(-1)!
        expect(subject.faults(sent, notice)).toEqual([])
        for (const kept of ['22 people in 1 h', '0.7 expected', '37 so far', 'Acme Shop', 'major', notice.url])
          expect(shown(sent)).toContain(kept)
      }
    })

    it('keeps them for text nobody thought of', async () => {
      const { receiver, attempt } = start()
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 600 }), async (text) => {
          const notice = hostileNotice(text)
          expect(await attempt(notice)).toMatchObject({ type: 'delivered' })
          expect(subject.faults(receiver.received.at(-1)!, notice)).toEqual([])
        }),
        { numRuns: 50 },
      )
    })

    it('lets no handle, mail address or mention id out', async () => {
      const { receiver, attempt } = start()
      await attempt(issueNotice())
      await attempt(digestNotice())
      const sent = receiver.received.map((one) => `${one.path}\n${one.body}\n${shown(one)}`).join('\n')
      expect(sent).toContain('checkout hangs, ask')
      for (const personal of ['jane.doe', 'jane@doe', 'secretperson']) expect(sent).not.toContain(personal)
    })

    it('says the same message again under the same key', async () => {
      const { receiver, attempt, now } = start()
      const [[first, firstStatus], [second, secondStatus]] = wire.again as [[B, number], [B, number]]
      receiver.behave(first, second)
      expect(await attempt(issueNotice(), 0)).toMatchObject({ type: 'retry', status: firstStatus, afterMs: 1_000 })
      now.ms += 1_000
      expect(await attempt(issueNotice(), 1)).toMatchObject({ type: 'retry', status: secondStatus, afterMs: 2_000 })
      expect(await attempt(issueNotice(), 2)).toMatchObject({ type: 'delivered', status: wire.taken })
      expect(receiver.received).toHaveLength(3)
      expect(new Set(receiver.received.map((one) => subject.keyOf(one))).size).toBe(1)
    })

    it.each(wire.troubles)('copes with a receiver that $what', async ({ behaviour, outcome }) => {
      const { receiver, attempt } = start()
      receiver.behave(behaviour)
      expect(await attempt(issueNotice())).toMatchObject(outcome)
    })

    it('shows none of its secrets when a receiver echoes the request', async () => {
      const { receiver, attempt, config } = start()
      receiver.behave(wire.echo)
      const secrets = secretsOf(subject.format, config)
      expect(secrets).not.toEqual([])
      const outcome = await attempt(issueNotice())
      expect(outcome.type).toBe('dead')
      for (const secret of secrets) expect(JSON.stringify(outcome)).not.toContain(secret)
    })

    it('reaches nothing private that is not allowed', async () => {
      const { receiver, config } = start()
      const sender = createSender({
        format: subject.format,
        target: { ...config, allowPrivate: [] },
        handles: false,
        clock: { now: () => Date.now() },
        random: () => 0,
      })
      expect(await sender.send({ notice: issueNotice(), failures: 0, ageMs: 0 })).toMatchObject({
        type: 'retry',
        status: null,
        error: expect.stringContaining('TARGET_ADDRESS_REFUSED') as string,
      })
      expect(receiver.received).toEqual([])
      await sender.close()
    })
  })
}

/** A fresh receiver and sender for each test. */
const useSubject = <B, R extends Rendered>(wire: Wire<B>, subject: FormatCase<R>) => {
  let receiver: Receiver<B>
  let sender: Sender
  let config: TargetConfig
  const now = { ms: Date.now() }

  beforeEach(async () => {
    const { format } = subject
    receiver = await wire.create()
    config = targetConfig({ format: format.name, pagesOnly: false, ...subject.fields(receiver.url) })
    expect(format.check(config)).toEqual([])
    sender = createSender({ format, target: config, handles: false, clock: { now: () => now.ms }, random: () => 0 })
  })
  afterEach(async () => {
    await sender.close()
    await receiver.close()
  })
  return {
    start: () => ({
      receiver,
      sender,
      config,
      now,
      attempt: (notice: Notice, failures = 0) => sender.send({ notice, failures, ageMs: 0 }),
    }),
  }
}
