import { OutcryError, type SqlPool } from '@outcry/contracts'
import { DRILL_SCENARIOS, type DrillScenario, findScenario } from '@outcry/replay'
import type { LoadedConfig } from '@outcry/runtime'
import { applyCommand } from '@outcry/service-alerter'
import { createDrills, deleteDrill, type DrillRow, sayLastWord } from '@outcry/service-api'
import { dataDirOwner } from '@outcry/store'
import type { CommandIo } from '../command-io.ts'
import type { DefineCommand } from '../define-command.ts'
import { runDeskDrill } from '../drill/desk-drill.ts'
import { type DrillResult, runDrill } from '../drill/run-drill.ts'
import { brandUnknown } from '../drill/send-drill.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { wholeNumber } from '../option-values.ts'
import { publicUrlOf } from '../system/api-address.ts'
import { watchesDemo, withDemoBrand } from '../system/demo.ts'
import { withRunningSystem } from '../system/with-running-system.ts'
import { alertBlock, issueLink } from '../terminal/alert-block.ts'
import { createProgress } from '../terminal/progress.ts'

type Options = { config?: string; brand?: string; seed: number; desk?: boolean; keep?: boolean; json?: boolean }

export const defineDrill: DefineCommand = (command, io, setExitCode) => {
  command
    .argument('<scenario>', `one of ${DRILL_SCENARIOS.map(({ id }) => id).join(', ')}`)
    .option(...CONFIG_OPTION)
    .option('--brand <id>', 'watched brand to shadow; the only one where absent')
    .option('--seed <n>', 'the same number gives the same posts', wholeNumber(0), 1)
    .option('--desk', 'for people: stays open until somebody ends it, and ends in a report of their times')
    .option('--keep', 'leave the drill in the console; the next start deletes it')
    .option('--json', 'one JSON object with the alerts instead of text')
    .addHelpText('after', DRILL_HELP)
    .action(async (name: string, options: Options) => {
      const scenario = findScenario(name)
      if (scenario === undefined)
        throw new OutcryError('DRILL_SCENARIO_UNKNOWN', `There is no scenario "${name}".`, {
          fix: `Use one of ${DRILL_SCENARIOS.map(({ id }) => id).join(', ')}.`,
          exitCode: 2,
        })
      const given = await loadSettings(io, options.config)
      const loaded = watchesDemo(given) ? withDemoBrand(given) : given
      const stopped = new OutcryError('DRILL_STOPPED', 'The drill was stopped.')
      if (options.desk === true) {
        const row = await withRunningSystem(loaded, io, stopped, (deps) =>
          exercise(deps, scenario, loaded, options, io),
        )
        if (row.report.passed === false) setExitCode(1)
        const { markdown, ...told } = row
        io.stdout.write(options.json === true ? `${JSON.stringify(told)}\n` : markdown)
        return
      }
      const result = await withRunningSystem(loaded, io, stopped, (deps) => drill(deps, scenario, loaded, options, io))
      if (!result.passed) setExitCode(1)
      io.stdout.write(
        options.json === true ? `${JSON.stringify(toJson(scenario, result))}\n` : verdict(scenario, result),
      )
    })
}

const DRILL_HELP = `
Needs a running Outcry with the same configuration. The drill runs under a shadow brand with its own state and budget,
is marked as a drill everywhere, reaches targets only with "drills: true", and is deleted afterwards. With --desk it goes
on at the pace of real life; Ctrl-C ends it too.
Exit code 1 when the system does not do what the scenario asks for.`

type Deps = Parameters<typeof runDrill>[0]

const drill = async (
  deps: Deps,
  scenario: DrillScenario,
  loaded: LoadedConfig,
  options: Options,
  io: CommandIo,
): Promise<DrillResult> => {
  const { config } = loaded
  const brand = options.brand ?? (await onlyBrand(deps.pool))
  const brandName = config.brands.find(({ id }) => id === brand)?.name ?? brand
  const url = dataDirOwner(config.dataDir)?.address ?? publicUrlOf(config.api)
  const progress = createProgress(io, 'records')
  const played = { brand, brandName, scenario, seed: options.seed, reorderMs: config.detection.reorderMs }
  let shadow: string | null = null
  try {
    const result = await runDrill(deps, played, {
      onProgress: (records) => progress.update(records),
      onAlert: (shown) => {
        progress.end()
        if (options.json !== true) io.stdout.write(`${alertBlock(shown, issueLink(url, shown))}\n`)
      },
      onShadow: (name) => {
        shadow = name
      },
    })
    return result
  } finally {
    progress.end()
    if (shadow !== null && options.keep !== true) await clearDrill(deps, loaded, shadow)
  }
}

/** How long the last word to targets may take. */
const LAST_WORD_MS = 10_000
const POLL_MS = 200

/** Lets targets that know of the drill hear that it is over, then deletes it. */
const clearDrill = async ({ pool, clock, signal }: Deps, { config }: LoadedConfig, shadow: string): Promise<void> => {
  const said = {
    pool,
    applyCommand: (request: Parameters<typeof applyCommand>[2]) => applyCommand(pool, config, request),
  }
  const untilMs = clock.now() + LAST_WORD_MS
  while (!(await sayLastWord(said, shadow, clock.now())) && clock.now() < untilMs && !signal.aborted)
    await clock.sleep(POLL_MS, signal).catch(() => undefined)
  await deleteDrill(pool, shadow)
}

/** A drill for people, with its links as they come. */
const exercise = async (
  deps: Deps,
  scenario: DrillScenario,
  { config }: LoadedConfig,
  options: Options,
  io: CommandIo,
): Promise<DrillRow> => {
  const brand = options.brand ?? (await onlyBrand(deps.pool))
  const url = dataDirOwner(config.dataDir)?.address ?? publicUrlOf(config.api)
  const drills = createDrills({ pool: deps.pool, config, now: () => deps.clock.now() })
  if (!drills.brands().includes(brand)) throw brandUnknown(brand, drills.brands())
  return runDeskDrill(
    { ...deps, drills },
    { brand, scenario, seed: options.seed },
    {
      onBegun: () => io.stderr.write(`The drill begins. End it on ${url}/#/drill, or here with Ctrl-C.\n`),
      onAlert: (shown) => io.stderr.write(`${alertBlock(shown, issueLink(url, shown))}\n`),
    },
  )
}

/** The one brand that is watched. Throws `DRILL_BRAND_MISSING` where there are none or several. */
const onlyBrand = async (pool: SqlPool): Promise<string> => {
  const { rows } = await pool.query<{ brand: string }>(
    "SELECT brand FROM outcry.brand_partition WHERE position('#' in brand) = 0 ORDER BY brand LIMIT 20",
  )
  const [only, ...others] = rows
  if (only !== undefined && others.length === 0) return only.brand
  throw new OutcryError(
    'DRILL_BRAND_MISSING',
    only === undefined ? 'No brand is watched.' : 'Several brands are watched.',
    {
      fix:
        only === undefined
          ? 'Configure a brand and start Outcry first.'
          : `Name one with --brand: ${rows.map(({ brand }) => brand).join(', ')}.`,
      exitCode: 2,
    },
  )
}

const toJson = (scenario: DrillScenario, { shadow, records, passed, tookMs, alerts }: DrillResult) => ({
  scenario: scenario.id,
  expect: scenario.expect,
  passed,
  shadow,
  records,
  tookMs,
  alerts: alerts.map(({ alert }) => alert),
})

const verdict = (scenario: DrillScenario, { records, alerts, passed, tookMs }: DrillResult): string => {
  const wanted = scenario.expect === 'page' ? 'a page' : 'no page'
  const pages = alerts.filter(({ alert }) => alert.page).length
  const took = `${records} records in ${(tookMs / 1_000).toFixed(1)} s`
  return `${passed ? 'passed' : 'FAILED'}: ${scenario.title}: ${wanted} expected, ${pages} pages, ${alerts.length} alerts (${took})\n`
}
