import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../data-dir/process-identity.ts'

/** What a running server wrote into its cluster directory. */
export type Postmaster = { pid: number; port: number; ready: boolean }

const READY = 'ready'

/** The server that claims this cluster, or null. It may be dead: see `runsCluster`. */
export const readPostmaster = (cluster: string): Postmaster | null => {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isInteger(pid) || pid === 0) return null
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === READY }
}

/** Whether that process lives and works in this cluster, rather than being a stranger with a reused number. */
export const runsCluster = (pid: number, cluster: string): boolean => {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster
  } catch {
    // Another user's process hides its directory; its name must do.
    return processName(pid).startsWith('postgres')
  }
}

const processName = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8')
  } catch {
    return ''
  }
}
