import type { Config, TargetConfig } from '@outcry/contracts'
import { formatOf, reachTarget } from '@outcry/notifiers'
import type { Clock } from '@outcry/runtime'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

const TIMEOUT_MS = 10_000

/** Whether the host of every target answers. No message is sent. */
export const checkTargets = async (config: Config, clock: Clock): Promise<Finding[]> => {
  if (config.targets.length === 0) return [fine('targets', 'none; alerts stay in the API, the feed and the console')]
  return Promise.all(config.targets.map((target) => checkTarget(target, clock)))
}

const checkTarget = async (target: TargetConfig, clock: Clock): Promise<Finding> => {
  const check = `target ${target.name}`
  try {
    const url = urlOf(target, clock)
    if (url === null) return fine(check, target.format)
    const { host, hostname } = new URL(url)
    const reached = await reachTarget(target, url, TIMEOUT_MS)
    if (reached.ok) return fine(check, `${target.format} at ${host} answers`)
    const isPrivate = reached.reason.startsWith('TARGET_ADDRESS_REFUSED')
    return faulty(
      check,
      `${host} cannot be reached (${reached.reason})`,
      isPrivate
        ? `Add "${hostname}" to allowPrivate of the target, if it is a receiver on your premises.`
        : 'Check the address of the target, and DNS, proxy and firewall of this machine.',
    )
  } catch (error) {
    return findingOf(check, error)
  }
}

/** Where a message of this target would go. */
const urlOf = (target: TargetConfig, clock: Clock): string | null => {
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
  return request?.url ?? null
}
