import { linkSync, rmSync, writeFileSync } from 'node:fs'
import { inDataDir } from './prepare-data-dir.ts'

/**
 * Creates a file only its owner can read, whole or not at all. False when it exists already: of several processes
 * that try at once, one wins.
 */
export const writeSecretFile = (dataDir: string, path: string, text: string): boolean =>
  inDataDir(dataDir, () => {
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    try {
      linkSync(draft, path)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    } finally {
      rmSync(draft, { force: true })
    }
  })
