import { type Bus, encodeRecord, MENTIONS_TOPIC } from '@outcry/bus'
import { RECORD_VERSION, type SqlPool, watchedBrand } from '@outcry/contracts'
import { markCommandsSent, partitionOfBrands, unsentCommands } from '@outcry/store'

const COMMANDS_A_ROUND = 100
const REST_MS = 2_000

/**
 * Sends people's counting commands to their brands' partitions, in order, and gives how long to rest. At least once:
 * the detector knows a command by its id.
 */
export const relayCommands = (pool: SqlPool, bus: Pick<Bus, 'append'>, partitions: number): Promise<number> =>
  pool.transaction(async (tx) => {
    const commands = await unsentCommands(tx, COMMANDS_A_ROUND)
    if (commands.length === 0) return REST_MS
    // A drill lives beside the brand it shadows.
    const brands = commands.map(({ brand }) => watchedBrand(brand))
    const places = await partitionOfBrands(tx, brands, partitions)
    const records = commands.map(({ id, brand, command }) => ({
      partition: places.get(watchedBrand(brand))!,
      key: id,
      value: encodeRecord({ v: RECORD_VERSION, kind: 'command', brand, commandId: id, command }),
    }))
    await bus.append(MENTIONS_TOPIC, records)
    await markCommandsSent(
      tx,
      commands.map((command) => command.id),
    )
    return commands.length === COMMANDS_A_ROUND ? 0 : REST_MS
  })
