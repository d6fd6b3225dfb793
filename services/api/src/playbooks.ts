import {
  type Config,
  dotted,
  EVERY_OTHER_TYPE,
  type Fault,
  type Playbook,
  type PlaybookVersion,
  type SqlPool,
} from '@outcry/contracts'
import { playbookOf, queueName } from '@outcry/response'
import type { IssueTypeRow, PlaybookPort, PlaybookRow } from '@outcry/rest'
import { playbookFaults } from '@outcry/runtime'
import { addPlaybookVersion, newestPlaybooks, playbooksInForce, playbookVersions } from '@outcry/store'
import { recordAct } from './record-act.ts'

const EVERY_OTHER = 'Every other issue'

/** Playbooks of the configuration, and over them those that admins wrote in the database. */
export const createPlaybooks = (options: {
  pool: SqlPool
  configured: readonly Playbook[]
  types: readonly IssueTypeRow[]
  targets: Config['targets']
  now: () => number
}): PlaybookPort => {
  const { pool, configured, types, now } = options
  const places = { issueTypes: types.map(({ id }) => id), targets: options.targets.map(({ name }) => name) }

  const labelOf = (issueType: string): string =>
    issueType === EVERY_OTHER_TYPE ? EVERY_OTHER : (types.find(({ id }) => id === issueType)?.label ?? issueType)

  const faultsOf = (playbook: Playbook, at: string[]): Fault[] =>
    playbookFaults(playbook, at, places).map(({ at: path, message, fix, value }) => ({
      path: dotted(path),
      message,
      fix,
      ...(value === undefined ? {} : { value }),
    }))

  const rowOf = (issueType: string, newest: PlaybookVersion | undefined): PlaybookRow => {
    const written = newest?.body ?? null
    const playbook = written ?? configured.find((one) => one.issueType === issueType) ?? null
    return {
      issueType,
      label: labelOf(issueType),
      origin: playbook === null ? null : written === null ? 'configuration' : 'database',
      playbook,
      version: newest?.version ?? 0,
      by: newest?.by ?? null,
      at: newest?.at ?? null,
      faults: playbook === null ? [] : faultsOf(playbook, []),
    }
  }

  const list = async (): Promise<PlaybookRow[]> => {
    const newest = new Map((await newestPlaybooks(pool)).map((version) => [version.issueType, version]))
    // One that was written for a type that is gone since stands with its fault.
    const ids = new Set([
      ...types.map(({ id }) => id),
      ...[...newest.keys()].filter((id) => newest.get(id)?.body !== null),
    ])
    ids.delete(EVERY_OTHER_TYPE)
    const rows = [...ids].map((id) => rowOf(id, newest.get(id)))
    return [...rows, rowOf(EVERY_OTHER_TYPE, newest.get(EVERY_OTHER_TYPE))]
  }

  return {
    list,
    get: async (issueType) => (await list()).find((row) => row.issueType === issueType) ?? null,
    ofIssue: async ({ issueType, evidence }) => {
      const playbook = playbookOf(await playbooksInForce(pool, configured), issueType)
      return {
        issueType: playbook?.issueType ?? null,
        playbook,
        queue: playbook?.queue === undefined ? null : queueName(playbook.queue, evidence.label),
        harm: playbook?.harm ?? types.find(({ id }) => id === issueType)?.harm ?? evidence.harm,
      }
    },
    versions: (issueType, before, limit) => playbookVersions(pool, issueType, before, limit),
    faults: (playbook) => faultsOf(playbook, ['playbook']),
    write: async ({ issueType, seen, body }, act) => {
      const version = { issueType, version: seen + 1, body, by: act.actor, at: now() }
      const written = await pool.transaction(async (tx) => {
        if (!(await addPlaybookVersion(tx, version))) return false
        await recordAct(tx, act, now())
        return true
      })
      return written ? rowOf(issueType, version) : null
    },
  }
}
