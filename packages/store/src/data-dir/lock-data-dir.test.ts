import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { ensureAdminToken } from './admin-token.ts'
import { dataDirOwner, lockDataDir } from './lock-data-dir.ts'

const ADDRESS = 'http://127.0.0.1:8080'
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const directories: string[] = []
const fresh = () => {
  const directory = mkdtempSync(join(tmpdir(), 'outcry-data-'))
  directories.push(directory)
  return directory
}
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

/** A process that holds the lock until it is killed; null if it was refused. */
const holder = async (dataDir: string): Promise<ChildProcess | null> => {
  const module = new URL('lock-data-dir.ts', import.meta.url).href
  const script = `import { lockDataDir } from ${JSON.stringify(module)}
    try { lockDataDir(${JSON.stringify(dataDir)}, '${ADDRESS}'); console.log('held'); setInterval(() => {}, 1000) }
    catch (error) { console.log(error.code) }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return said.toString().trim() === 'held' ? child : null
}

describe('the lock of a data directory', () => {
  it('refuses a second process and names the first', async () => {
    const dataDir = fresh()
    const child = await holder(dataDir)
    expect(dataDirOwner(dataDir)).toMatchObject({ pid: child!.pid, address: ADDRESS })
    expect(() => lockDataDir(dataDir, ADDRESS)).toThrow(
      expect.objectContaining({
        code: 'DATA_DIR_IN_USE',
        message: expect.stringMatching(new RegExp(`process ${child!.pid}.*${ADDRESS}`)),
      }),
    )
  })

  it('is free after its owner was killed', async () => {
    const dataDir = fresh()
    const child = await holder(dataDir)
    child!.kill('SIGKILL')
    await once(child!, 'exit')
    expect(dataDirOwner(dataDir)).toBeNull()
    const release = lockDataDir(dataDir, ADDRESS)
    expect(dataDirOwner(dataDir)).toMatchObject({ pid: process.pid })
    release()
    release()
    expect(dataDirOwner(dataDir)).toBeNull()
  })

  it('is free where another process got the number of the dead owner', () => {
    const dataDir = fresh()
    writeFileSync(
      join(dataDir, 'outcry.pid'),
      JSON.stringify({ pid: process.ppid, start: 'long ago', address: ADDRESS }),
    )
    const release = lockDataDir(dataDir, ADDRESS)
    expect(dataDirOwner(dataDir)).toMatchObject({ pid: process.pid })
    release()
  })

  it('goes to one of several that find a dead owner at once', async () => {
    const dataDir = fresh()
    writeFileSync(join(dataDir, 'outcry.pid'), JSON.stringify({ pid: 2 ** 22 - 1, start: 'x', address: ADDRESS }))
    const holders = await Promise.all(Array.from({ length: 4 }, () => holder(dataDir)))
    expect(holders.filter((each) => each !== null)).toHaveLength(1)
  })

  it('says what to do about a directory that is a file', () => {
    const file = join(fresh(), 'file')
    writeFileSync(file, '')
    expect(() => lockDataDir(file, ADDRESS)).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE', fix: expect.stringContaining('OUTCRY_DATA_DIR') }),
    )
  })

  it.skipIf(process.getuid?.() === 0)('says what to do about a directory nobody may write', () => {
    const dataDir = fresh()
    chmodSync(dataDir, 0o500)
    expect(() => lockDataDir(dataDir, ADDRESS)).toThrow(expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }))
  })
})

describe('the admin token', () => {
  it('is made once, for its owner only', () => {
    const dataDir = join(fresh(), 'new')
    const first = ensureAdminToken(dataDir)
    expect(first).toMatchObject({ created: true, path: join(dataDir, 'admin-token') })
    expect(first.token).toMatch(/^[\w-]{43}$/)
    expect(statSync(first.path).mode & 0o777).toBe(0o600)
    expect(ensureAdminToken(dataDir)).toEqual({ ...first, created: false })
    expect(readFileSync(first.path, 'utf8')).toBe(`${first.token}\n`)
  })
})
