import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { faulty, fine, type Finding } from './finding.ts'

const OTHERS = 0o077

/** Whether nobody but the owner may read the token that may do everything. */
export const checkAdminToken = async (dataDir: string): Promise<Finding> => {
  const path = join(dataDir, 'admin-token')
  const check = 'admin token'
  try {
    const { mode } = await stat(path)
    if ((mode & OTHERS) === 0) return fine(check, path)
    const shown = (mode & 0o777).toString(8).padStart(4, '0')
    const fix = `chmod 600 ${path}; delete it and restart for a new one, if others may have read it.`
    return faulty(check, `${path} can be read by others (mode ${shown})`, fix)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return fine(check, 'not there yet; the first start makes it')
    return faulty(check, `${path} cannot be seen (${code})`, 'Run doctor as the user that runs Outcry.')
  }
}
