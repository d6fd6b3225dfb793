import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../open-database.ts'
import { placeCluster } from './place-cluster.ts'
import { reachableBy } from './reachable-by.ts'
import { type Logger, silentLogger } from '@outcry/runtime'

const directories: string[] = []
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

const fresh = (mode: number) => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'outcry-place-')))
  chmodSync(directory, mode)
  directories.push(directory)
  return directory
}
const asRoot = process.getuid?.() === 0

describe('where the cluster lives', () => {
  it('asks every directory on the way whether a user may pass', () => {
    const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }
    const open = fresh(0o711)
    mkdirSync(join(open, 'inner'), { mode: 0o711 })
    expect(reachableBy(join(open, 'inner'), stranger)).toBe(true)
    chmodSync(open, 0o700)
    expect(reachableBy(join(open, 'inner'), stranger)).toBe(false)
  })

  it.skipIf(asRoot)('is the data directory, for an ordinary user', async () => {
    const dataDir = join(fresh(0o700), 'data')
    expect(await placeCluster(dataDir)).toMatchObject({ cluster: join(dataDir, 'postgres'), user: null, note: null })
  })

  it.runIf(asRoot)('is below /var/lib for root where the unprivileged user cannot enter, and says so', async () => {
    const dataDir = join(fresh(0o700), 'data')
    const said: string[] = []
    const logger: Logger = { ...silentLogger, info: (_, message) => said.push(message) }
    const database = await openDatabase({ dataDir, poolSize: 2, logger })
    const { cluster, note } = await placeCluster(dataDir)
    try {
      expect(cluster).toMatch(/^\/var\/lib\/outcry\/[0-9a-f]{16}\/postgres$/)
      expect(said).toContain(note)
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
      expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    } finally {
      await database.close()
      rmSync(dirname(cluster), { recursive: true })
    }
  })

  it('does not begin with an empty database unasked where the one there was is gone', async () => {
    const dataDir = join(fresh(0o711), 'data')
    const open = () => openDatabase({ dataDir, poolSize: 2, logger: silentLogger })
    await (await open()).close()
    const { cluster } = await placeCluster(dataDir)
    renameSync(cluster, `${cluster}.away`)
    await expect(open()).rejects.toMatchObject({
      code: 'DATABASE_ELSEWHERE',
      message: expect.stringContaining(cluster) as string,
      fix: expect.stringContaining(`rm ${join(dataDir, 'database-place')}`) as string,
    })
    renameSync(`${cluster}.away`, cluster)
    await (await open()).close()
  })
})
