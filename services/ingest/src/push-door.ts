import { connectors, parsePush, verifyPush, type PushSignature, type PushVerdict } from '@outcry/connectors'
import type { Bus } from '@outcry/bus'
import type { Config, Fault, SourceConfig, SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { isPushSeen, rememberPush } from '@outcry/store'
import { createDoorClock } from './door-clock.ts'
import { createErase, type Erase } from './erase.ts'
import type { Intake } from './intake.ts'
import type { Keys } from './keys.ts'

export type PushOutcome =
  | { kind: 'accepted'; mentions: number; matched: number }
  | { kind: 'refused'; faults: readonly Fault[] }

/** What the REST routes of signed push and of erasures need. `submit` resolves after bus and index have every mention. */
export type PushDoor = {
  sources(): readonly { name: string; brands: readonly string[] | null }[]
  verify(source: string, signature: PushSignature, body: Uint8Array): PushVerdict
  seen(source: string, id: string): Promise<boolean>
  remember(source: string, id: string): Promise<void>
  submit(source: string, body: Uint8Array): Promise<PushOutcome>
  erase: Erase
}

/** Signed push and erasures into the bus, in any process, whoever holds the source's lease. */
export const createPushDoor = (options: {
  sources: readonly SourceConfig[]
  allBrands: readonly string[]
  intake: Intake
  bus: Bus
  pool: SqlPool
  clock: Clock
  keys: Keys
  logger: Logger
  retention: Config['retention']
}): PushDoor => {
  const { intake, pool, clock, keys } = options
  const connector = connectors['push']!
  const sources = new Map(options.sources.filter((each) => each.connector === 'push').map((each) => [each.name, each]))
  const secretsOf = (source: string): string[] => {
    const config = sources.get(source)
    return config === undefined ? [] : [config['secret'] as string, ...((config['previousSecrets'] as string[]) ?? [])]
  }
  const clocks = new Map(
    [...sources.keys()].map((source) => [source, createDoorClock({ source, intake, pool, clock })]),
  )
  return {
    sources: () => [...sources.values()].map(({ name, brands }) => ({ name, brands: brands ?? null })),
    verify: (source, signature, body) => verifyPush(secretsOf(source), signature, body, clock.now()),
    seen: (source, id) => isPushSeen(pool, source, id),
    remember: async (source, id) => void (await rememberPush(pool, source, id)),
    submit: async (source, body) => {
      const hashAuthor = (id: string) => keys.authorId('push', id)
      const parsed = parsePush(body, { source, observedAt: clock.now(), hashAuthor })
      if (!parsed.ok) return { kind: 'refused', faults: parsed.faults }
      const brands = new Set(sources.get(source)?.brands ?? options.allBrands)
      const from = { source, connector, brands, wasLive: true, backfill: false, epoch: null }
      const delivered = await intake.deliver(parsed.sightings, from)
      await intake.settle(source, delivered.changed, null)
      clocks.get(source)?.delivered(delivered)
      return { kind: 'accepted', mentions: delivered.mentions, matched: delivered.matched }
    },
    erase: createErase({ ...options, atOnce: true }),
  }
}
