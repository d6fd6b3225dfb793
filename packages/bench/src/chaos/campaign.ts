import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOUR_MS } from '@outcry/contracts'
import { seededDraws } from '@outcry/testkit/made-texts'
import { compareOutcomes, type Difference } from './compare-outcomes.ts'
import { planFaults, type Victim, VICTIMS } from './fault-plan.ts'
import type { Ground } from './ground.ts'
import {
  type FinishedRun,
  type LiveOptions,
  MANY_PROCESSES,
  ONE_PROCESS,
  rereadLog,
  runLive,
  type Suffered,
} from './live-run.ts'
import type { Outcome } from './outcome.ts'
import { madeDay } from './made-day.ts'

export type RoundOptions = {
  seed: number
  mentions: number
  brands: readonly string[]
  /** Lines a second that the file grows by while it is disturbed. */
  perSecond: number
  faults: number
  /** Whether some freezes outlast every lease. */
  longFreezes: boolean
  /** Everything in one process, instead of one a service. */
  allInOne: boolean
  /** Where outcomes and log of a round that differs are written; nowhere where null. */
  keep: string | null
  onFault: (suffered: Suffered) => void
  say: (line: string) => void
}

/** What one seed came to. */
export type Round = {
  seed: number
  allInOne: boolean
  suffered: readonly Suffered[]
  records: number
  webhooks: number
  alerts: number
  issues: number
  /** Webhooks that came again under their id. */
  repeated: number
  ended: readonly string[]
  /** Against an undisturbed reading of the same log: nothing may differ. */
  sameLog: readonly Difference[]
  /** Against an undisturbed run over the same posts: neither mentions nor issues may differ, nor what edits left. */
  samePosts: readonly Difference[]
  /** Pushed mentions that were answered as taken and are nowhere. */
  lostPushes: readonly string[]
}

const HOURS = 14

/** One undisturbed run, one disturbed run, and one undisturbed reading of the disturbed run's log, all of one seed. */
export const runRound = async (ground: Ground, options: RoundOptions): Promise<Round> => {
  const { seed, brands, allInOne, say } = options
  const name = `s${seed}${allInOne ? 'one' : 'many'}`
  const endMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  // An edit meets its post before or after it was counted, as ingest catches up or not: of such brands only the last
  // words can be compared.
  const edited = brands.filter((_, index) => index % 2 === 1)
  const plain = brands.filter((_, index) => index % 2 === 0)
  const lines = madeDay({ seed, brands, edited, mentions: options.mentions, endMs, hours: HOURS })
  const members = allInOne ? ONE_PROCESS : MANY_PROCESSES
  const live: LiveOptions = {
    name,
    lines,
    brands,
    perSecond: options.perSecond,
    members,
    faults: [],
    onFault: options.onFault,
  }
  const victims = VICTIMS.filter((victim) => victim !== 'broker' || ground.kafka !== null)
  const fillable: Victim[] = [...ground.disks.keys()]
  const faults = planFaults(seededDraws(seed), {
    faults: options.faults,
    victims,
    fillable,
    longFreezes: options.longFreezes,
  })

  say(`seed ${seed}: ${lines.length} lines, undisturbed`)
  const calm = await runLive(ground, { ...live, name: `${name}calm`, members: ONE_PROCESS, perSecond: Infinity })
  say(`seed ${seed}: ${faults.length} faults to come${allInOne ? ', one process' : ''}`)
  const hurt = await runLive(ground, { ...live, faults })
  say(`seed ${seed}: the same log once more, undisturbed`)
  const again = await rereadLog(ground, hurt, live)
  for (const { place } of [calm, hurt]) await ground.postgres.drop(place.database)
  await ground.postgres.drop(`again_${name}`)
  const round = {
    ...countsOf(hurt),
    seed,
    allInOne,
    sameLog: compareOutcomes(again, hurt.outcome),
    samePosts: [
      ...compareOutcomes(ofBrands(calm.outcome, plain), ofBrands(hurt.outcome, plain)),
      ...compareOutcomes(lastWords(calm.outcome, edited), lastWords(hurt.outcome, edited)),
    ],
    lostPushes: hurt.lostPushes,
  }
  if (options.keep !== null && isFailed(round))
    keepEvidence(options.keep, name, { calm: calm.outcome, hurt: hurt.outcome, again }, hurt)
  return round
}

export const isFailed = ({ sameLog, samePosts, lostPushes }: Round): boolean =>
  sameLog.length + samePosts.length + lostPushes.length > 0

/** What a person needs to find the cause: a file a kind and run, to be compared line by line, and the log. */
const keepEvidence = (folder: string, name: string, outcomes: Record<string, Outcome>, { log }: FinishedRun): void => {
  mkdirSync(folder, { recursive: true })
  for (const [run, outcome] of Object.entries(outcomes))
    for (const [kind, lines] of Object.entries(outcome))
      writeFileSync(
        join(folder, `${name}.${run}.${kind.replaceAll(' ', '-')}.jsonl`),
        lines.map((line) => `${line}\n`).join(''),
      )
  const records = log.map(
    ({ value, partition, position, appendedAt }) =>
      `${JSON.stringify({ partition, position, appendedAt, value: Buffer.from(value).toString('utf8') })}\n`,
  )
  writeFileSync(join(folder, `${name}.log.jsonl`), records.join(''))
}

const countsOf = ({ suffered, log, repeated, ended, outcome }: FinishedRun) => ({
  suffered,
  records: log.length,
  repeated,
  ended,
  webhooks: outcome['webhooks']!.length,
  alerts: outcome['alerts']!.length,
  issues: outcome['issues']!.length,
})

const ofBrands = (outcome: Outcome, brands: readonly string[]): Outcome =>
  Object.fromEntries(
    ['mentions', 'issues', 'alerts'].map((kind) => [
      kind,
      outcome[kind]!.filter((line) => brands.includes((JSON.parse(line) as { brand: string }).brand)),
    ]),
  )

/** What the posts of brands say in the end, after every edit and deletion. */
const lastWords = (outcome: Outcome, brands: readonly string[]): Outcome => ({
  'last words': outcome['mentions']!.flatMap((line) => {
    const { brand, id, body } = JSON.parse(line) as { brand: string; id: string; body: { text: string } }
    return brands.includes(brand) ? [JSON.stringify({ brand, id, text: body.text })] : []
  }),
})
