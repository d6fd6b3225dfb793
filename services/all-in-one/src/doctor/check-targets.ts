import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Config, TargetConfig } from '@outcry/contracts'
import { formatOf } from '@outcry/notifiers'
import type { Clock } from '@outcry/runtime'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

/** Whether the host of every target can be found. Nothing is sent. */
export const checkTargets = async (config: Config, clock: Clock): Promise<Finding[]> => {
  if (config.targets.length === 0) return [fine('targets', 'none; alerts stay in the API, the feed and the console')]
  return Promise.all(config.targets.map((target) => checkTarget(target, clock)))
}

const checkTarget = async (target: TargetConfig, clock: Clock): Promise<Finding> => {
  const check = `target ${target.name}`
  try {
    const host = hostOf(target, clock)
    if (host === null) return fine(check, target.format)
    if (isIP(host) === 0) await lookup(host)
    return fine(check, `${target.format} at ${host}`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? faulty(check, `its host cannot be found (${code})`, 'Check the address of the target and DNS on this machine.')
      : findingOf(check, error)
  }
}

/** Where a message of this target would go. */
const hostOf = (target: TargetConfig, clock: Clock): string | null => {
  const at = clock.now()
  const alarm = {
    id: 'doctor',
    kind: 'opened',
    source: 'doctor',
    connector: 'file',
    at,
    since: at,
    reason: 'check',
  } as const
  const notice = { id: 'doctor', dedupKey: 'doctor', action: 'trigger', url: '', about: 'source', alarm } as const
  const request = formatOf(target.format)?.render(notice, target, { nowMs: at, handles: false })
  return request ? new URL(request.url).hostname.replace(/^\[|\]$/g, '') : null
}
