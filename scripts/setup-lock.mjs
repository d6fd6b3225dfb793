import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const RETRY_MS = 250

/**
 * Waits until this process alone may set up, and answers what lets go again. A lock whose process is gone is
 * taken over. `onWait` is told once who holds it.
 */
export const acquireSetupLock = async (directory, onWait) => {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'setup.lock')
  let told = false
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = readHolder(path)
    if (holder !== null && !isAlive(holder)) rmSync(path, { force: true })
    else {
      if (!told && holder !== null) onWait(holder)
      told ||= holder !== null
      await sleep(RETRY_MS)
    }
  }
}

/** The process id in the lock; null while it is being written or was just let go. */
const readHolder = (path) => {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
