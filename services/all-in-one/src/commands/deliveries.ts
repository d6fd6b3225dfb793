import { randomUUID } from 'node:crypto'
import { isoTime, OutcryError } from '@outcry/contracts'
import { commandAct, createDeliveryPort, type DeliveryPort } from '@outcry/service-api'
import { Option } from 'commander'
import type { CommandIo } from '../command-io.ts'
import type { DefineCommand } from '../define-command.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { wholeNumber } from '../option-values.ts'
import { withRunningSystem } from '../system/with-running-system.ts'

const PAGE_ROWS = 200
const STATES: readonly State[] = ['pending', 'delivered', 'dead']

type State = Delivery['state']
type Options = { config?: string; json?: boolean }
type ListOptions = Options & { target?: string; state?: State; limit: number }
type Delivery = NonNullable<Awaited<ReturnType<DeliveryPort['get']>>>

const stopped = (): OutcryError =>
  new OutcryError('DELIVERIES_STOPPED', 'Stopped; what was asked for until then is sent again.')

export const defineDeliveries: DefineCommand = (command, io) => {
  command
    .command('list')
    .description('the newest deliveries and what became of them')
    .option('--target <name>', 'only this target')
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .option('--limit <n>', 'most deliveries', wholeNumber(1), 50)
    .option(...CONFIG_OPTION)
    .option('--json', 'one JSON object a line')
    .action(async (options: ListOptions) => {
      const found = await withDeliveries(options, io, (port) => collect(port, options, options.limit))
      for (const delivery of found)
        io.stdout.write(options.json === true ? `${JSON.stringify(delivery)}\n` : lineOf(delivery))
    })
  command
    .command('redeliver')
    .description('send deliveries again under their ids: those named, or all dead ones of a target')
    .argument('[id...]', 'ids of deliveries')
    .option('--dead <target>', 'every dead delivery of this target')
    .option(...CONFIG_OPTION)
    .option('--json', 'one JSON object a line')
    .action(async (ids: string[], options: Options & { dead?: string }) => {
      if ((ids.length === 0) === (options.dead === undefined)) throw nothingNamed()
      const done = await withDeliveries(options, io, async (port) => {
        const wanted = options.dead === undefined ? ids : await deadOf(port, options.dead)
        const results: { id: string; redelivered: boolean }[] = []
        for (const id of wanted)
          results.push({
            id,
            redelivered: await port.redeliver(id, commandAct('deliveries redeliver'), io.clock.now()),
          })
        return results
      })
      report(done, options, io)
    })
}

const nothingNamed = (): OutcryError =>
  new OutcryError('DELIVERIES_UNNAMED', 'Name deliveries by their ids, or a target with --dead, and not both.', {
    fix: '`outcry deliveries list --state dead` shows the ids.',
    exitCode: 2,
  })

const withDeliveries = async <T>(
  options: Options,
  io: CommandIo,
  work: (port: DeliveryPort) => Promise<T>,
): Promise<T> => {
  const loaded = await loadSettings(io, options.config)
  return withRunningSystem(loaded, io, stopped(), ({ pool }) => work(createDeliveryPort(pool, randomUUID)))
}

/** Up to `most` deliveries, the newest first. */
const collect = async (
  port: DeliveryPort,
  { target, state }: { target?: string; state?: State },
  most: number,
): Promise<Delivery[]> => {
  const filter = { scope: null, brands: [], states: state === undefined ? [] : [state], target: target ?? null }
  const found: Delivery[] = []
  let after: { at: number; id: string } | null = null
  do {
    const { rows, next } = await port.list(filter, { after, limit: Math.min(PAGE_ROWS, most - found.length) })
    found.push(...rows)
    after = next
  } while (after !== null && found.length < most)
  return found
}

/** All of them before the first is sent again: it may die anew meanwhile. */
const deadOf = async (port: DeliveryPort, target: string): Promise<string[]> => {
  const dead = await collect(port, { target, state: 'dead' }, Number.MAX_SAFE_INTEGER)
  return dead.map(({ id }) => id).toReversed()
}

const lineOf = ({ id, createdAt, target, state, attempts, lastStatus, lastError }: Delivery): string =>
  `${isoTime(createdAt)}  ${id}  ${target}  ${state}  ${attempts} tries  ${lastStatus ?? '-'}  ${lastError ?? ''}`.trimEnd() +
  '\n'

const report = (
  done: readonly { id: string; redelivered: boolean }[],
  { json }: Options,
  { stdout }: CommandIo,
): void => {
  const left = done.filter(({ redelivered }) => !redelivered)
  if (json === true) for (const one of done) stdout.write(`${JSON.stringify(one)}\n`)
  else stdout.write(`${done.length - left.length} deliveries are sent again.\n`)
  if (left.length === 0) return
  const ids = left.map(({ id }) => id).join(', ')
  throw new OutcryError('DELIVERIES_NOT_REDELIVERED', `unknown, or tried by themselves: ${ids}`, {
    fix: '`outcry deliveries list` shows what there is and its state.',
    exitCode: 1,
  })
}
