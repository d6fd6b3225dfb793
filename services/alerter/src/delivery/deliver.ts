import { deterministicId } from '@outcry/alerting'
import type { SqlPool } from '@outcry/contracts'
import type { Outcome, Sender } from '@outcry/notifiers'
import type { Clock } from '@outcry/runtime'
import { appendTimeline, type ClaimedDelivery, finishDelivery, retryDelivery } from '@outcry/store'
import { type NoticeContext, noticeOf } from './notice-of.ts'

export type Delivered = Outcome | { type: 'silent' } | { type: 'expired' }

/**
 * Sends one claimed delivery and stores the receipt. When the process dies between the two, the lease runs out and the
 * message goes out again under the same id: the receiver knows it by that.
 */
export const deliver = async (
  context: { pool: SqlPool; sender: Sender; clock: Clock } & NoticeContext,
  claim: ClaimedDelivery,
): Promise<Delivered> => {
  const { pool, sender, clock } = context
  const notice = await noticeOf(pool, claim, context)
  if (notice === null) {
    await finish(pool, clock, claim, { state: 'dead', status: null, error: 'the alert has expired' })
    return { type: 'expired' }
  }
  // The first try counts as fresh however long it waited: the target was down or gone, or a person asks for it again.
  const ageMs = claim.attempt === 1 ? 0 : Math.max(0, claim.ageMs)
  const outcome = await sender.send({ notice, failures: claim.attempt - 1, ageMs })
  switch (outcome.type) {
    case 'delivered':
      await finish(pool, clock, claim, { state: 'delivered', status: outcome.status, error: outcome.note ?? null })
      break
    case 'silent':
      await finish(pool, clock, claim, { state: 'delivered', status: null, error: 'nothing to say in this tool' })
      break
    case 'dead':
      await finish(pool, clock, claim, { state: 'dead', status: outcome.status, error: outcome.error })
      break
    case 'retry':
      await retryDelivery(pool, {
        id: claim.id,
        attempt: claim.attempt,
        status: outcome.status,
        error: outcome.error,
        afterMs: outcome.afterMs,
      })
  }
  return outcome
}

type Receipt = { state: 'delivered' | 'dead'; status: number | null; error: string | null }

/** A line in the issue's record, then the receipt: a process that dies between them sends and says so once more. */
const finish = async (pool: SqlPool, clock: Clock, claim: ClaimedDelivery, receipt: Receipt): Promise<void> => {
  const { id, issueId, brand, target, attempt, alertId } = claim
  if (issueId !== '' && (receipt.state === 'dead' || receipt.status !== null)) {
    const body = { target, attempts: attempt, alertId, ...(receipt.error === null ? {} : { reason: receipt.error }) }
    const kind = receipt.state === 'delivered' ? 'delivered' : 'not-delivered'
    const entry = deterministicId('tl', id, receipt.state, String(attempt))
    await appendTimeline(pool, [{ id: entry, issueId, brand, atMs: clock.now(), kind, actor: 'alerter', body }])
  }
  await finishDelivery(pool, { id, attempt, ...receipt })
}
