import type { TargetConfig } from '@outcry/contracts'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Format } from '../src/format.ts'
import { secretsOf } from '../src/format.ts'
import type { Notice } from '../src/notice.ts'
import { createSender, type Sender } from '../src/send/sender.ts'
import { everyNotice, HOSTILE, hostileNotice, issueNotice, targetConfig } from './notices.ts'
import { answer, createReceiver, misbehaviours, type Received } from './receiver.ts'

type Receiver = Awaited<ReturnType<typeof createReceiver>>

/** What a format's own test says about it: its fields, and the documented rules a request must keep. */
export type FormatCase = {
  format: Format
  /** The format's own fields for a receiver at `url`. */
  fields(url: string): Record<string, unknown>
  /** Broken rules of one request, in words. */
  faults(received: Received, notice: Notice): string[]
  /** What makes two tries one message to the receiver. */
  keyOf(received: Received): string
}

/** The rules every format keeps, whatever its tool. */
export const describeFormat = (subject: FormatCase): void => {
  const { format } = subject
  describe(`format ${format.name}`, () => {
    let receiver: Receiver
    let sender: Sender
    let config: TargetConfig
    const now = { ms: Date.now() }

    beforeEach(async () => {
      receiver = await createReceiver()
      config = targetConfig({ format: format.name, pagesOnly: false, ...subject.fields(receiver.url) })
      sender = createSender({ format, target: config, handles: false, clock: { now: () => now.ms }, random: () => 0 })
    })
    afterEach(async () => {
      await sender.close()
      await receiver.close()
    })

    const attempt = (notice: Notice, failures = 0) => sender.send({ notice, failures, ageMs: 0 })
    const raw = (text: string) =>
      receiver.received
        .map((one) => `${one.path}\n${one.body}`)
        .join('\n')
        .includes(text)

    it('keeps the documented rules for everything there is to say', async () => {
      for (const notice of everyNotice()) {
        const before = receiver.received.length
        const outcome = await attempt(notice)
        const sent = receiver.received.slice(before)
        expect(outcome.type).toBe(sent.length === 0 ? 'silent' : 'delivered')
        expect(sent.flatMap((one) => subject.faults(one, notice))).toEqual([])
      }
      expect(receiver.received.length).toBeGreaterThan(5)
    })

    it('keeps them for hostile text of any length, and the numbers and the link survive', async () => {
      for (const text of HOSTILE) {
        const notice = hostileNotice(text)
        expect(await attempt(notice)).toMatchObject({ type: 'delivered' })
        const sent = receiver.received.at(-1)!
        expect(subject.faults(sent, notice)).toEqual([])
        for (const kept of ['22 people in 1 h', '0.7 expected', '37 so far', notice.url])
          expect(sent.body).toContain(kept)
      }
    })

    it('keeps them for text nobody thought of', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2_000 }), async (text) => {
          const notice = hostileNotice(text)
          const request = format.render(notice, config, { nowMs: now.ms, handles: false })!
          expect(
            subject.faults({ headers: request.headers, body: request.body, path: '/', at: now.ms }, notice),
          ).toEqual([])
        }),
        { numRuns: 50 },
      )
    })

    it('lets no handle, mail address or mention id out', async () => {
      await attempt(issueNotice())
      expect(raw('checkout hangs, ask')).toBe(true)
      for (const personal of ['jane.doe', 'jane@doe', 'secretperson']) expect(raw(personal)).toBe(false)
    })

    it('says the same message again under the same key', async () => {
      receiver.behave(answer(500), answer(503))
      expect(await attempt(issueNotice(), 0)).toMatchObject({ type: 'retry', status: 500, afterMs: 1_000 })
      now.ms += 1_000
      expect(await attempt(issueNotice(), 1)).toMatchObject({ type: 'retry', status: 503, afterMs: 2_000 })
      expect(await attempt(issueNotice(), 2)).toMatchObject({ type: 'delivered', status: 202 })
      expect(new Set(receiver.received.map((one) => subject.keyOf(one))).size).toBe(1)
    })

    it('waits as long as the receiver asks and does not come again before', async () => {
      receiver.behave(answer(429, '', { 'retry-after': '7' }))
      expect(await attempt(issueNotice())).toMatchObject({ type: 'retry', status: 429, afterMs: 7_000 })
      expect(sender.waitMs()).toBe(7_000)
      now.ms += 7_000
      expect(sender.waitMs()).toBe(0)
    })

    it.each([
      ['answers nothing', misbehaviours.silent, { type: 'retry', status: null, error: 'no answer within 500 ms' }],
      ['resets the connection', misbehaviours.reset, { type: 'retry', status: null }],
      ['breaks off in the body', misbehaviours.halfBody, { type: 'delivered', status: 202 }],
      ['never ends its body', misbehaviours.slowBody, { type: 'delivered', status: 202 }],
      ['answers without end', misbehaviours.huge, { type: 'retry', status: 500 }],
      ['wants no more', answer(410), { type: 'dead', status: 410 }],
      ['refuses', answer(400, 'no such routing key'), { type: 'dead', status: 400 }],
      ['is busy', answer(408), { type: 'retry', status: 408 }],
    ] as const)('copes with a receiver that %s', async (_what, behaviour, outcome) => {
      receiver.behave(behaviour)
      expect(await attempt(issueNotice())).toMatchObject(outcome)
    })

    it('never follows a redirect', async () => {
      const elsewhere = await createReceiver()
      receiver.behave(answer(307, '', { location: elsewhere.url }), answer(302, '', { location: elsewhere.url }))
      expect(await attempt(issueNotice())).toMatchObject({ type: 'retry', status: 307 })
      expect(await attempt(issueNotice())).toMatchObject({ type: 'retry', status: 302 })
      expect(elsewhere.received).toEqual([])
      await elsewhere.close()
    })

    it('shows none of its secrets when a receiver echoes the request', async () => {
      receiver.behave((_request, response, received) =>
        response
          .writeHead(400)
          .end(`${received.path} ${JSON.stringify(received.headers)} ${received.body}`.slice(0, 150)),
      )
      const secrets = secretsOf(format, config)
      expect(secrets).not.toEqual([])
      const outcome = await attempt(issueNotice())
      for (const secret of secrets) expect(JSON.stringify(outcome)).not.toContain(secret)
    })
  })
}
