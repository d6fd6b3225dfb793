import type { Decision, PlannedDelivery } from '@outcry/alerting'
import type { HeldDigest, SourceAlarm, Sql } from '@outcry/contracts'
import { appendAlerts, appendCommand, appendTimeline, planDeliveries, saveBrandAlerting } from '@outcry/store'
import { saveView } from './stored-views.ts'

/** What a delivery row keeps beside its columns. An alert is read when it is sent; an alarm or digest has no row of its own. */
export type DeliveryBody = { action: PlannedDelivery['action']; alarm?: SourceAlarm; digest?: HeldDigest }

/** A delivery as the database keeps it. */
export const deliveryRow = (delivery: PlannedDelivery, said: Omit<DeliveryBody, 'action'> = {}) => {
  const { action, ...columns } = delivery
  const body: DeliveryBody = { action, ...said }
  return Object.assign(columns, { body })
}

/**
 * Stores decisions of one brand, taken one after the other, in the transaction that holds the brand's lock. Alerts come
 * late because they take the feed's head row, which every other brand waits for.
 */
export const storeDecisions = async (
  tx: Sql,
  brand: string,
  eventSeq: number,
  decisions: readonly Decision[],
  actor: string,
): Promise<void> => {
  const last = decisions.at(-1)
  if (last === undefined) return
  await saveBrandAlerting(tx, { brand, eventSeq, body: last.brand })
  const issues = new Map(decisions.flatMap((decision) => decision.issues).map((issue) => [issue.id, issue]))
  for (const issue of issues.values()) await saveView(tx, issue)
  const timeline = decisions.flatMap((decision) => decision.timeline)
  await appendTimeline(
    tx,
    timeline.map(({ at, ...entry }) => Object.assign(entry, { atMs: at })),
  )
  for (const { id, command } of decisions.flatMap((decision) => decision.commands)) {
    const issueId = 'issueId' in command ? command.issueId : null
    await appendCommand(tx, { id, brand, issueId, actor, command })
  }
  await appendAlerts(
    tx,
    decisions.flatMap((decision) => decision.alerts),
  )
  const deliveries = decisions.flatMap((decision) => decision.deliveries)
  await planDeliveries(
    tx,
    deliveries.map((delivery) => deliveryRow(delivery)),
  )
}
