import type { PartitionHandler, StoredRecord } from '../src/bus.ts'

/** What a member of the compliance suite saw, in order, with a position kept between assignments like a database does. */
export type Seen = {
  type: 'assigned' | 'revoked' | 'records' | 'gap'
  partition: number
  positions: number[]
  member: string
}

/** Positions shared by the members of a group, as `partition_state` shares them. */
export const createPositions = (): Map<number, number> => new Map()

/** A handler that records what it is told; `work` runs inside `records`. */
export const createRecordingHandler = (
  member: string,
  positions: Map<number, number>,
  log: Seen[],
  work: (partition: number, batch: StoredRecord[]) => Promise<void> = () => Promise.resolve(),
): PartitionHandler & {
  records(partition: number, batch: StoredRecord[], next: number): Promise<void>
  values: string[]
} => {
  const values: string[] = []
  const note = (type: Seen['type'], partition: number, seen: number[] = []) =>
    log.push({ type, partition, positions: seen, member })
  return {
    values,
    assigned: async (partition) => {
      note('assigned', partition)
      return positions.get(partition) ?? 0
    },
    records: async (partition, batch) => {
      await work(partition, batch)
      note(
        'records',
        partition,
        batch.map((record) => record.position),
      )
      values.push(...batch.map((record) => Buffer.from(record.value).toString()))
      positions.set(partition, batch.at(-1)!.position + 1)
    },
    revoked: async (partition) => void note('revoked', partition),
    gap: async (partition, wanted, first) => {
      note('gap', partition, [wanted, first])
      positions.set(partition, first)
    },
  }
}
