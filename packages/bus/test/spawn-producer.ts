import { fileURLToPath } from 'node:url'
import type { BusSpec } from './connect-member.ts'
import { spawnProcess } from './spawn-process.ts'

/** Records of one append. */
export const APPEND_RECORDS = 20

export type ProducerSpec = { topic: string; partitions: number; writer: string } & BusSpec
/** Numbers from `from` to below `to`, and whether the bus acknowledged them. */
export type Append = { from: number; to: number; stored: boolean }

/** Starts a producer in another process; `appends` grows as it tells what became of them. */
export const spawnProducer = (spec: ProducerSpec) => {
  const appends: Append[] = []
  const producer = spawnProcess(fileURLToPath(new URL('./producer-process.ts', import.meta.url)), spec, (append) =>
    appends.push(append as Append),
  )
  return { writer: spec.writer, appends, ...producer }
}
