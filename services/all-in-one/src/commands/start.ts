import type { CommandIo } from '../command-io.ts'
import type { DefineCommand } from '../define-command.ts'
import { runDrill } from '../drill/run-drill.ts'
import { withEmbedding } from '../embedding-model.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { DEMO_BRAND, SHORTEST_CONFIG, watchesDemo, withDemoBrand } from '../system/demo.ts'
import { parseServiceNames, SERVICE_NAMES, type ServiceName } from '../system/service-names.ts'
import { startSystem, type System } from '../system/start-system.ts'
import { onStopSignals } from '../system/stop-signals.ts'
import { alertBlock, issueLink } from '../terminal/alert-block.ts'
import { createSteps } from '../terminal/steps.ts'
import { findScenario } from '@outcry/replay'
import { createLogger, type LoadedConfig, type Logger } from '@outcry/runtime'
import { deleteDrills } from '@outcry/service-api'

type Options = { config?: string; only?: ReadonlySet<ServiceName>; demo: boolean }

export const defineStart: DefineCommand = (command, io) => {
  command
    .option(...CONFIG_OPTION)
    .option('--only <services>', `only some of ${SERVICE_NAMES.join(',')}`, parseServiceNames)
    .option('--no-demo', 'without a configuration: start, and run no drill')
    .action((options: Options) => start(options, io))
}

const start = async (options: Options, io: CommandIo): Promise<void> => {
  const startedAt = io.clock.now()
  const services = options.only ?? new Set(SERVICE_NAMES)
  const read = await loadSettings(io, options.config)
  const decides = services.has('ingest') || services.has('detector')
  const given = decides ? await withEmbedding(read) : read
  const isDemo = watchesDemo(given)
  const loaded = isDemo ? withDemoBrand(given) : given
  const logger = createLogger(loaded.config.log)
  const stopping = new AbortController()
  const stopped = new Promise<void>((done) => stopping.signal.addEventListener('abort', () => done(), { once: true }))
  const release = onStopSignals(io.clock, {
    onFirst: (why) => {
      io.stderr.write(`\nStopping (${why}); once more stops at once.\n`)
      stopping.abort(new Error('asked to stop'))
    },
    onAgain: (exitCode) => process.exit(exitCode),
  })
  const steps = createSteps(io)
  let system: System | null = null
  try {
    const random = Math.random
    let told = !isDemo
    const onStep = (step: string) => {
      // Not before the data directory is ours: a second start has something else to say.
      if (!told) io.stderr.write(NO_CONFIG)
      told = true
      steps.begin(step)
    }
    system = await startSystem({ loaded, services, clock: io.clock, logger, random, onStep, signal: stopping.signal })
    steps.end()
    if (loaded.config.brands.length === 0) io.stderr.write(noBrand(loaded.path))
    io.stderr.write(readyText(system, services, io.clock.now() - startedAt))
    // One of several processes must not end a drill that runs in the others.
    const whole = services.size === SERVICE_NAMES.length
    if (whole) await deleteDrills(system.pool)
    const drilled = isDemo && options.demo && whole
    if (drilled) await demonstrate(system, loaded, io, stopping.signal)
    await Promise.race([stopped, tellingFailure(system.failed, logger)])
  } catch (error) {
    // Being asked to stop is no failure, wherever the start was at that moment.
    if (!stopping.signal.aborted) throw error
  } finally {
    steps.end()
    if (system !== null) await stopInTime(system, loaded.config.api.drainMs, io)
    release()
  }
  io.stderr.write('Stopped.\n')
}

/** The last word of the process in its log, for whoever asks why it was started again. */
const tellingFailure = (failed: Promise<never>, logger: Logger): Promise<never> =>
  failed.catch((error: unknown) => {
    logger.error({ error }, 'A part can never go on: the process ends')
    throw error
  })

/** Beyond it whoever ends processes loses patience: Kubernetes kills after 30 s. */
const STOP_WITHIN_MS = 25_000

/** What is not stopped by then is left as a kill would leave it: whoever takes over does it again. */
const stopInTime = async (system: System, drainMs: number, io: CommandIo): Promise<void> => {
  const done = new AbortController()
  const late = io.clock.sleep(STOP_WITHIN_MS + drainMs, done.signal).then(
    () =>
      io.stderr.write(`Not everything had stopped in ${STOP_WITHIN_MS / 1_000} s; what was in hand is done again.\n`),
    () => undefined,
  )
  await Promise.race([system.stop(), late])
  done.abort()
}

const NO_CONFIG = `No outcry.yaml here, so Outcry watches nothing yet and shows a drill on a demo brand.
The shortest outcry.yaml that would work:

${SHORTEST_CONFIG.replaceAll(/^/gm, '    ').trimEnd()}

`

const noBrand = (path: string | null): string =>
  `${path ?? 'The configuration'} names no brand, so nothing is watched. The shortest one that works:\n\n${SHORTEST_CONFIG.replaceAll(/^/gm, '    ').trimEnd()}\n\n`

const readyText = (system: System, services: ReadonlySet<ServiceName>, tookMs: number): string => {
  const lines = [`Outcry runs (${[...services].join(', ')}), ready in ${(tookMs / 1_000).toFixed(1)} s.`]
  lines.push(`  database  ${system.databaseAddress}`)
  if (system.consoleLink !== null) {
    lines.push(`  API       ${system.publicUrl}/docs`)
    lines.push(`  console   ${system.consoleLink}  (opens once)`)
  }
  if (system.healthAddress !== null) lines.push(`  health    ${system.healthAddress}/readyz`)
  return `${lines.join('\n')}\nCtrl-C stops.\n\n`
}

const DEMO_SEED = 4

const demonstrate = async (system: System, loaded: LoadedConfig, io: CommandIo, signal: AbortSignal): Promise<void> => {
  io.stderr.write('Drill: a day of ordinary posts about "Demo", then a checkout that hangs …\n\n')
  const result = await runDrill(
    { pool: system.pool, bus: system.bus, clock: io.clock, signal },
    {
      brand: DEMO_BRAND.id,
      brandName: DEMO_BRAND.name,
      scenario: findScenario('checkout')!,
      seed: DEMO_SEED,
      reorderMs: loaded.config.detection.reorderMs,
    },
    {
      onProgress: () => undefined,
      onAlert: (shown) => io.stdout.write(`${alertBlock(shown, issueLink(system.publicUrl, shown))}\n`),
    },
  )
  const seconds = (result.tookMs / 1_000).toFixed(1)
  io.stderr.write(`The drill ended: ${result.records} records, ${result.alerts.length} alerts, ${seconds} s.\n`)
}
