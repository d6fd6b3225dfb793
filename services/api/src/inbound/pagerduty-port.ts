import { DAY_MS, type SqlPool } from '@outcry/contracts'
import type { InboundPort } from '@outcry/rest'
import { isPushSeen, rememberPush } from '@outcry/store'
import type { ApplyCommand } from '../commands.ts'
import { recordAct } from '../record-act.ts'
import { isSigned, readPagerdutyEvent } from './pagerduty-event.ts'

/** No source is called so: the rows that remember PagerDuty's events. */
const SEEN = '*pagerduty'
const KEY = 'outcry:'
const MAX_NAME_CHARS = 60

/**
 * What people do in PagerDuty, done to the issue here too. An event counts once by its id: that is remembered for two
 * days, and an older one is passed over; so is one that people did before the issue was reopened.
 */
export const createPagerdutyPort = (options: {
  pool: SqlPool
  secrets: readonly string[]
  applyCommand: ApplyCommand
  now: () => number
}): InboundPort => {
  const { pool, secrets, applyCommand, now } = options
  return {
    configured: () => secrets.length > 0,
    verify: (signature, body) => isSigned(secrets, signature, body),
    async take(body, actOf) {
      const act = readPagerdutyEvent(body)
      if (act === null) return { kind: 'unreadable' }
      if (typeof act === 'string') return { kind: 'ignored', reason: act }
      const { id, type, occurredAt, dedupKey, by } = act
      if (!dedupKey.startsWith(KEY)) return { kind: 'ignored', reason: 'is not about an issue of this installation' }
      if (occurredAt < now() - DAY_MS) return { kind: 'ignored', reason: 'is more than a day old' }
      if (await isPushSeen(pool, SEEN, id)) return { kind: 'ignored', reason: 'was taken before' }
      const issueId = dedupKey.slice(KEY.length)
      const done = actOf(`${by.slice(0, MAX_NAME_CHARS)} in PagerDuty`)
      const applied = await applyCommand({
        issueId,
        command: { type },
        id: `pagerduty ${id}`,
        actor: done.actor,
        nowMs: now(),
        decidedAt: occurredAt,
        onApplied: (tx, { brand }) => recordAct(tx, done, now(), { brand, issueId, subject: `pagerduty ${id}` }),
      })
      await rememberPush(pool, SEEN, id)
      if (applied.outcome === 'unknown') return { kind: 'ignored', reason: 'is about an issue that is gone' }
      return applied.outcome === 'applied' ? { kind: 'applied' } : { kind: 'ignored', reason: applied.reason }
    },
  }
}
