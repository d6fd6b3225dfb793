import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { faulty, fine, type Finding } from './finding.ts'

const LEAST_FREE_BYTES = 1_073_741_824

/** Whether the data directory, or where it will be made, can be written and has space. */
export const checkDataDir = async (dataDir: string): Promise<Finding[]> => {
  const place = await nearestExisting(dataDir)
  const name = place === dataDir ? dataDir : `${dataDir} (will be made in ${place})`
  const writable = await access(place, constants.W_OK | constants.X_OK).then(
    () => fine('data directory', name),
    (error: NodeJS.ErrnoException) =>
      faulty(
        'data directory',
        `${name} cannot be written (${error.code})`,
        'Make it writable for this user, or set OUTCRY_DATA_DIR to another directory.',
      ),
  )
  const { bavail, bsize } = await statfs(place)
  const freeBytes = bavail * bsize
  const free = `${(freeBytes / LEAST_FREE_BYTES).toFixed(1)} GiB free`
  const space =
    freeBytes >= LEAST_FREE_BYTES
      ? fine('disk', free)
      : faulty('disk', `only ${free} in ${place}`, 'Free at least 1 GiB, or set OUTCRY_DATA_DIR to another disk.')
  return [writable, space]
}

const nearestExisting = async (path: string): Promise<string> =>
  stat(path).then(
    () => path,
    () => (dirname(path) === path ? path : nearestExisting(dirname(path))),
  )
