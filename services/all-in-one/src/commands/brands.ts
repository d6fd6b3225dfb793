import { OutcryError } from '@outcry/contracts'
import { commandAct, recordAct } from '@outcry/service-api'
import { moveBrand } from '@outcry/service-detector'
import { brandsOfPartitions } from '@outcry/store'
import type { DefineCommand } from '../define-command.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { wholeNumber } from '../option-values.ts'
import { withRunningSystem } from '../system/with-running-system.ts'

type Options = { config?: string; json?: boolean }

const stopped = (): OutcryError => new OutcryError('BRAND_MOVE_STOPPED', 'Stopped waiting; the move goes on by itself.')

export const defineBrands: DefineCommand = (command, io) => {
  command
    .command('list')
    .description('which partition each brand lives in')
    .option(...CONFIG_OPTION)
    .option('--json', 'one JSON object a line')
    .action(async (options: Options) => {
      const loaded = await loadSettings(io, options.config)
      const places = await withRunningSystem(loaded, io, stopped(), ({ pool }) => brandsOfPartitions(pool))
      for (const [partition, brands] of [...places].toSorted(([a], [b]) => a - b))
        for (const brand of brands)
          io.stdout.write(
            options.json === true
              ? `${JSON.stringify({ brand, partition })}\n`
              : `${`${partition}`.padStart(4)}  ${brand}\n`,
          )
    })
  command
    .command('move')
    .description('move a brand to another partition, without loss and with its ids, while everything runs')
    .argument('<brand>', 'id of the brand')
    .requiredOption('--partition <n>', 'where to', wholeNumber(0))
    .option(...CONFIG_OPTION)
    .option('--json', 'the move as JSON')
    .action(async (brand: string, options: Options & { partition: number }) => {
      const loaded = await loadSettings(io, options.config)
      const since = io.clock.now()
      const move = await withRunningSystem(loaded, io, stopped(), async (deps) => {
        const act = commandAct('brands move', { brand, subject: `to partition ${options.partition}` })
        await recordAct(deps.pool, act, since)
        return moveBrand(deps, { brand, to: options.partition }, deps.signal)
      })
      const seconds = ((io.clock.now() - since) / 1_000).toFixed(1)
      io.stdout.write(
        options.json === true
          ? `${JSON.stringify(move)}\n`
          : `${brand} moved from partition ${move.from}, behind record ${move.outPosition}, to ${move.to}, from record ${move.inPosition} on, in ${seconds} s.\n`,
      )
    })
}
