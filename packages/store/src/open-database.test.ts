import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '@outcry/runtime'
import { createTestDatabase } from '@outcry/testkit'
import { attachEmbedded } from './embedded/embedded-postgres.ts'
import { isAlive } from './data-dir/process-identity.ts'
import { type Database, openDatabase } from './open-database.ts'

const directories: string[] = []
const numbered = readdirSync(join(import.meta.dirname, 'migrations')).filter((name) => /^\d{4}-.*\.sql$/.test(name))
const MIGRATED = `migrations ${numbered.length}`
const fresh = () => {
  const directory = mkdtempSync(join(tmpdir(), 'outcry-embedded-'))
  chmodSync(directory, 0o711)
  directories.push(directory)
  return join(realpathSync(directory), 'data')
}
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

const open = (dataDir: string, attach = false): Promise<Database> =>
  openDatabase({ dataDir, poolSize: 2, logger: silentLogger, attach })

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

/** Runs a script in its own process and returns what it prints first. */
const inProcess = async (script: string) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim() }
}

const openScript = (options: object) => `import { openDatabase } from ${module('open-database.ts')}
  import { silentLogger } from '@outcry/runtime'
  try {
    const database = await openDatabase({ ...${JSON.stringify(options)}, poolSize: 2, logger: silentLogger })
    const { rows } = await database.pool.query('SELECT count(*) AS migrations FROM outcry.migration')
    console.log('migrations ' + rows[0].migrations)
  } catch (error) { console.log(error.code + ' ' + error.message) }
  setInterval(() => {}, 1000)`

describe('a database of the user', () => {
  it('is migrated once by several processes that start together', async () => {
    const database = await createTestDatabase({ empty: true })
    const options = { url: database.url, dataDir: '/nowhere' }
    const processes = await Promise.all(Array.from({ length: 4 }, () => inProcess(openScript(options))))
    for (const { child } of processes) child.kill('SIGKILL')
    expect(processes.map(({ said }) => said)).toEqual(Array.from({ length: 4 }, () => MIGRATED))
    await database.drop()
  })

  it('whose address is none is refused as a fault of the configuration, unseen', async () => {
    const opening = openDatabase({
      url: 'user:sesame@host',
      dataDir: '/nonexistent',
      poolSize: 1,
      logger: silentLogger,
    })
    const error = await opening.catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 2, faults: [{ path: 'database.url' }] })
    expect(JSON.stringify(error)).not.toContain('sesame')
  })

  it('that does not answer is named without its password', async () => {
    const url = 'postgres://ops:hunter2@127.0.0.1:1/outcry'
    const error = await openDatabase({ url, dataDir: '/nowhere', poolSize: 2, logger: silentLogger }).catch((e) => e)
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', fix: expect.any(String) })
    expect(`${error.message} ${error.fix}`).toContain('ops@127.0.0.1:1/outcry')
    expect(`${error.message} ${error.fix}`).not.toContain('hunter2')
  })
})

describe('the embedded database', () => {
  it('starts, keeps what was written, and stops with its owner', async () => {
    const dataDir = fresh()
    const first = await open(dataDir)
    await first.pool.query("INSERT INTO outcry.installation VALUES ('kept', '\\x01')")
    const { pid } = await attachEmbedded(dataDir)
    const second = await open(dataDir, true)
    expect((await second.pool.query('SELECT name FROM outcry.installation')).rows).toEqual([{ name: 'kept' }])
    await second.close()
    expect(isAlive(pid)).toBe(true)
    await Promise.all([first.close(), first.close()])
    expect(isAlive(pid)).toBe(false)
    await expect(open(dataDir, true)).rejects.toMatchObject({ code: 'DATABASE_NOT_RUNNING' })

    const again = await open(dataDir)
    expect((await again.pool.query('SELECT name FROM outcry.installation')).rows).toEqual([{ name: 'kept' }])
    await again.close()
  })

  it('that a killed owner left running is taken over', async () => {
    const dataDir = fresh()
    const owner = await inProcess(openScript({ dataDir }))
    expect(owner.said).toBe(MIGRATED)
    const { pid } = await attachEmbedded(dataDir)
    owner.child.kill('SIGKILL')
    await once(owner.child, 'exit')
    const successor = await open(dataDir)
    expect((await attachEmbedded(dataDir)).pid).toBe(pid)
    await successor.close()
    expect(isAlive(pid)).toBe(false)
  })

  it('starts again on the same address when it is killed while in use', async () => {
    const dataDir = fresh()
    const database = await open(dataDir)
    await database.pool.query("INSERT INTO outcry.installation VALUES ('kept', '\\x01')")
    const before = await attachEmbedded(dataDir)
    process.kill(before.pid, 'SIGKILL')
    const after = await vi.waitFor(
      async () => {
        const found = await attachEmbedded(dataDir)
        expect(found.pid).not.toBe(before.pid)
        return found
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(after.url).toBe(before.url)
    await vi.waitFor(async () =>
      expect((await database.pool.query('SELECT name FROM outcry.installation')).rows).toEqual([{ name: 'kept' }]),
    )
    await database.close()
  })

  it('with its password lost says so instead of starting anew', async () => {
    const dataDir = fresh()
    await (await open(dataDir)).close()
    rmSync(join(dataDir, 'database-password'))
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'DATABASE_PASSWORD_LOST' })
  })
})
