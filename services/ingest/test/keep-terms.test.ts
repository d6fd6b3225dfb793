import { DAY_MS, HOUR_MS, type SourceConfig } from '@outcry/contracts'
import { connectors } from '@outcry/connectors'
import { systemClock, type Clock } from '@outcry/runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createIngest, openDoor, termDays } from '../src/index.ts'
import { keptForMs } from '../src/keep-terms.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

const WAIT = { timeout: 20_000, interval: 20 }
const source: SourceConfig = { connector: 'push', name: 'shop', secret: 's'.repeat(32), previousSecrets: [] }
let fixture: Awaited<ReturnType<typeof createFixture>>
beforeAll(async () => {
  fixture = await createFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.close())

const optionsAt = (clock: Clock, connectorDays: Record<string, number>) => {
  const options = ingestOptions(fixture, [source], { clock })
  return {
    ...options,
    config: { ...options.config, retention: { ...options.config.retention, connectors: connectorDays } },
  }
}
/** Pushes mentions as it would have been done so long ago. */
const pushedAgo = async (ms: number, ...ids: string[]) => {
  const clock = { ...systemClock, now: () => systemClock.now() - ms }
  const door = await openDoor(optionsAt(clock, {}))
  const posts = ids.map((id) => ({ id, text: 'acme is late', author: { id: 'ann' }, createdAt: clock.now() }))
  await door.submit('shop', Buffer.from(JSON.stringify(posts)))
}
const deletions = async () =>
  (await fixture.mentions()).filter(({ mention }) => mention.op === 'delete').map(({ mention }) => mention.id)

describe('the terms of a platform', () => {
  it('delete copies before their days are over, and neither younger ones nor those of others', async () => {
    await pushedAgo(9 * DAY_MS, 'push:shop:old', 'other:shop:old')
    await pushedAgo(8 * DAY_MS, 'push:shop:young')
    const ingest = createIngest(optionsAt(systemClock, { push: 10 }))
    await ingest.start()
    await vi.waitFor(async () => expect(await deletions()).toEqual(['push:shop:old']), WAIT)
    await ingest.stop()
    // What was deleted is on no list any more, whoever looks next.
    const other = createIngest(optionsAt(systemClock, { push: 9 }))
    await other.start()
    await vi.waitFor(async () => expect(await deletions()).toEqual(['push:shop:old', 'push:shop:young']), WAIT)
    await other.stop()
  })

  it('leave a day for the bus to forget too, but for the shortest', () => {
    expect(keptForMs(30, 24)).toBe(30 * DAY_MS - 26 * HOUR_MS)
    expect(keptForMs(1, 24)).toBe(12 * HOUR_MS)
  })

  it('are those of its connector where nothing else is configured, and never longer than mentions are kept', () => {
    const { retention } = ingestOptions(fixture, []).config
    const limited = {
      ...connectors['push']!,
      name: 'limited',
      defaults: { ...connectors['push']!.defaults, retentionDays: 20 },
    }
    const known = { push: connectors['push']!, limited }
    expect([...termDays(retention, known)]).toEqual([['limited', 20]])
    expect([...termDays({ ...retention, connectors: { limited: 90 } }, known)]).toEqual([['limited', 30]])
  })
})
