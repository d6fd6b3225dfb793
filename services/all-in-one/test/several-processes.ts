import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase } from '@outcry/testkit'
import { onTestFinished } from 'vitest'
import { scratch } from './run-command.ts'
import { startOutcry } from './started-outcry.ts'

export const BRANDS = ['acme', 'globex']
export const SOURCES = [
  { connector: 'push', name: 'shop', secret: 's'.repeat(32), brands: ['acme'] },
  { connector: 'push', name: 'desk', secret: 's'.repeat(32), brands: ['globex'] },
]

/** Services in processes of their own, on one database; `home` is where their configuration lies. */
export const severalProcesses = async (detection: object = {}) => {
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const cwd = scratch()
  const start = async (only: string, sources = SOURCES) => {
    const home = join(cwd, `${only}-${sources.map(({ name }) => name).join('-')}`)
    mkdirSync(home)
    const config = {
      brands: BRANDS.map((id) => ({ id, terms: [id] })),
      sources,
      detection,
    }
    writeFileSync(join(home, 'outcry.yaml'), JSON.stringify(config))
    const outcry = startOutcry(home, ['--only', only, '--no-demo'], { DATABASE_URL: database.url })
    await outcry.printed('Ctrl-C stops')
    return { outcry, home }
  }
  return { database, start }
}
