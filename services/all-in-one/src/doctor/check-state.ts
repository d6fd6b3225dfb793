import { MENTIONS_TOPIC } from '@outcry/bus'
import { RECORD_VERSION, type Sql } from '@outcry/contracts'
import { createPartitionEngine, SNAPSHOT_VERSION } from '@outcry/engine'
import { expandSnapshot } from '@outcry/service-detector'
import { formatVersion, NO_SNAPSHOT, snapshotOf, snapshotVersions } from '@outcry/store'
import { faulty, fine, type Finding } from './finding.ts'

/** So many states are read in full; of the others only the versions are looked at. */
const MOST_READ = 200

/** Whether this release can read what is stored: records, and every brand's state. */
export const checkState = async (sql: Sql): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const [name, mine] of [
    ['record', RECORD_VERSION],
    ['snapshot', SNAPSHOT_VERSION],
  ] as const) {
    const version = await formatVersion(sql, name)
    const fix = 'Run the later release, or restore the backup from before the upgrade.'
    if (version > mine)
      findings.push(faulty('formats', `a later Outcry wrote ${name} version ${version}, this one reads ${mine}`, fix))
  }
  const rows = await snapshotVersions(sql, MENTIONS_TOPIC)
  const unread: string[] = []
  for (const [at, { brand, version }] of rows.entries())
    if (version > SNAPSHOT_VERSION || (at < MOST_READ && !(await readable(sql, brand)))) unread.push(brand)
  if (unread.length > 0) {
    const shown = unread.slice(0, 5).join(', ')
    const fix = 'Nothing, where a restart has the log of that time: the brand is rebuilt from it as far as it goes.'
    findings.push(faulty('state', `${unread.length} of ${rows.length} brands cannot be read: ${shown}`, fix))
  }
  return findings.length > 0 ? findings : [fine('state', `of ${rows.length} brands, readable`)]
}

const readable = async (sql: Sql, brand: string): Promise<boolean> => {
  const row = await snapshotOf(sql, brand)
  if (row === null || row.version === NO_SNAPSHOT) return true
  const body = await expandSnapshot(row.body).catch(() => null)
  return body !== null && createPartitionEngine({ idKey: '00' }).restore(brand, row.position, row.version, body)
}
