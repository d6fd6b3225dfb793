import type { Config, TargetConfig } from '@outcry/contracts'
import { formatOf, placesOf, reachTarget } from '@outcry/notifiers'
import type { Clock } from '@outcry/runtime'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

const TIMEOUT_MS = 10_000

/** Whether the hosts of every target answer. No message is sent. */
export const checkTargets = async (config: Config, clock: Clock): Promise<Finding[]> => {
  if (config.targets.length === 0) return [fine('targets', 'none; alerts stay in the API, the feed and the console')]
  return Promise.all(config.targets.map((target) => checkTarget(target, clock)))
}

const checkTarget = async (target: TargetConfig, clock: Clock): Promise<Finding> => {
  const check = `target ${target.name}`
  try {
    const places = placesOfTarget(target, clock)
    for (const place of places) {
      const reached = await reachTarget(target, place, TIMEOUT_MS)
      if (!reached.ok) return unreached(check, place, reached.reason)
    }
    const hosts = places.map((place) => new URL(place).host).join(', ')
    return fine(check, hosts === '' ? target.format : `${target.format} at ${hosts} answers`)
  } catch (error) {
    return findingOf(check, error)
  }
}

const unreached = (check: string, place: string, reason: string): Finding => {
  const { host, hostname } = new URL(place)
  return faulty(
    check,
    `${host} cannot be reached (${reason})`,
    reason.startsWith('TARGET_ADDRESS_REFUSED')
      ? `Add "${hostname}" to allowPrivate of the target, if it is a receiver on your premises.`
      : 'Check the address of the target, and DNS, proxy and firewall of this machine.',
  )
}

/** Where a message of this target would go. */
const placesOfTarget = (target: TargetConfig, clock: Clock): string[] => {
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
  const rendered = formatOf(target.format)?.render(notice, target, { nowMs: at, handles: false })
  return rendered === undefined || rendered === null ? [] : placesOf(rendered)
}
