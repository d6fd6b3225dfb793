import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const { acquireSetupLock } = (await import(join(import.meta.dirname, 'setup-lock.mjs'))) as {
  acquireSetupLock: (directory: string, onWait: (pid: number) => void) => Promise<() => void>
}
const scratch = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'outcry-lock-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
const NO_PROCESS = 2 ** 22 + 1

describe('acquireSetupLock', () => {
  it('lets one in at a time, and says once who is waited for', async () => {
    const directory = scratch()
    const waited: number[] = []
    let inside = 0
    const enter = async () => {
      const release = await acquireSetupLock(directory, (pid) => waited.push(pid))
      inside += 1
      expect(inside).toBe(1)
      await new Promise(setImmediate)
      inside -= 1
      release()
    }
    await Promise.all([enter(), enter(), enter()])
    expect(waited).toEqual([process.pid, process.pid])
    expect(readdirSync(directory)).toEqual([])
  })

  it('takes over from a process that is gone', async () => {
    const directory = scratch()
    writeFileSync(join(directory, 'setup.lock'), String(NO_PROCESS))
    const release = await acquireSetupLock(directory, () => expect.unreachable())
    release()
    expect(readdirSync(directory)).toEqual([])
  })
})
