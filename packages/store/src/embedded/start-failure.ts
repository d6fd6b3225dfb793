import { OutcryError } from '@outcry/contracts'

export const diskFull = (dataDir: string): OutcryError =>
  new OutcryError('DISK_FULL', `no space left for the database in ${dataDir}`, {
    fix: 'Free some space (the first start needs about 100 MB), or set OUTCRY_DATA_DIR to another disk.',
  })

/** Why initdb or the server did not start, from what it wrote. */
export const startFailure = (output: string, dataDir: string): OutcryError => {
  if (/no space left on device|could not write .* quota/i.test(output)) {
    return diskFull(dataDir)
  }
  if (/database files are incompatible with server/i.test(output)) {
    return new OutcryError(
      'DATABASE_OTHER_VERSION',
      `the database in ${dataDir} belongs to another PostgreSQL version`,
      {
        fix: 'Run `outcry backup` with the Outcry that made it and `outcry restore` with this one, or set OUTCRY_DATA_DIR to a new directory.',
      },
    )
  }
  const reasons = output.split('\n').filter((line) => /FATAL|PANIC|error:|could not|cannot/i.test(line))
  const reason = reasons.at(-1)?.trim() ?? output.trim().split('\n').at(-1) ?? 'it said nothing'
  return new OutcryError('DATABASE_START_FAILED', `the embedded PostgreSQL did not start: ${reason}`, {
    fix: 'See server.log in the database directory, or set DATABASE_URL to a PostgreSQL of your own.',
  })
}

/** The port was taken between choosing and binding it. */
export const isPortTaken = (output: string): boolean => /address already in use/i.test(output)

/** A killed server's children still hold its memory for a moment. */
export const isStillGoing = (output: string): boolean =>
  /shared memory block .* still in use|lock file .* already exists/i.test(output)
