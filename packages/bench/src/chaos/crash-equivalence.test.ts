import { kafkaAvailable } from '@outcry/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isFailed, type Round, runRound } from './campaign.ts'
import { type BusDriver, openGround } from './ground.ts'
import { failureText } from './report.ts'

const PATIENCE_MS = 300_000
const BRANDS = ['brand-0', 'brand-1', 'brand-2', 'brand-3']
const SEED = 11

/** Real processes under a few seeded faults, real SIGKILL among them; `pnpm chaos` does the same at length. */
const round = async (driver: BusDriver, faults: number): Promise<Round> => {
  const ground = await openGround({ driver, brands: BRANDS, smallDisks: false })
  onTestFinished(() => ground.close())
  return runRound(ground, {
    seed: SEED,
    mentions: 2_000,
    brands: BRANDS,
    perSecond: 500,
    faults,
    longFreezes: false,
    allInOne: false,
    keep: null,
    onFault: () => undefined,
    say: () => undefined,
  })
}

/** What a round without any difference comes to. */
const undisturbed = (faults: number) => ({ differences: '', faults, receivedByAlert: true, manyAlerts: true })

const told = (found: Round) => ({
  differences: isFailed(found) ? failureText(found, 'pnpm chaos') : '',
  faults: found.suffered.length,
  receivedByAlert: found.webhooks === found.alerts,
  manyAlerts: found.alerts > 5,
})

describe('the same issues, alerts and webhook ids whatever is killed and frozen', () => {
  it(
    'on PostgreSQL',
    async () => {
      expect(told(await round('postgres', 5))).toEqual(undisturbed(5))
    },
    PATIENCE_MS,
  )

  it.skipIf(!kafkaAvailable())(
    'on Kafka (needs java and mvn)',
    async () => {
      expect(told(await round('kafka', 6))).toEqual(undisturbed(6))
    },
    PATIENCE_MS,
  )
})
