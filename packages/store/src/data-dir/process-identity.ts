import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a process with this id runs, whoever owns it. A zombie is dead. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statFields(pid)?.[0] !== 'Z'
}

/** Fields of /proc/PID/stat after the name in parentheses; null where there is no /proc. */
const statFields = (pid: number): string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

const START_TIME_FIELD = 19

/** When the process started, in the system's own words: tells it from a later one with the same id. Null if gone. */
export const processStart = (pid: number): string | null => {
  const fields = statFields(pid)
  if (fields) return fields[START_TIME_FIELD] ?? null
  if (process.platform === 'linux') return null
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}
