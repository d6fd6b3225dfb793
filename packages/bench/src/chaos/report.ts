import { describeDifferences } from './compare-outcomes.ts'
import { isFailed, type Round } from './campaign.ts'
import type { Suffered } from './live-run.ts'

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/** One line a fault, while the harness runs. */
export const faultLine = ({ number, kind, victim, atShare, forMs, recoveryMs }: Suffered): string =>
  `#${String(number).padEnd(3)} ${kind.padEnd(6)} ${victim.padEnd(8)} at ${String(Math.round(atShare * 100)).padStart(2)} % for ${seconds(forMs).padStart(6)}, went on after ${seconds(recoveryMs)}`

export type Summary = {
  bus: string
  rounds: number
  faults: number
  byKind: Record<string, Record<string, { faults: number; longestRecoveryMs: number }>>
  records: number
  issues: number
  alerts: number
  webhooks: number
  repeatedWebhooks: number
  endedByThemselves: number
  lost: number
  doubled: number
  longestRecoveryMs: number
  failedSeeds: number[]
}

export const summarise = (bus: string, rounds: readonly Round[]): Summary => {
  const suffered = rounds.flatMap((round) => round.suffered)
  const byKind: Summary['byKind'] = {}
  for (const { victim, kind, recoveryMs } of suffered) {
    const row = (byKind[victim] ??= {})
    const cell = (row[kind] ??= { faults: 0, longestRecoveryMs: 0 })
    cell.faults += 1
    cell.longestRecoveryMs = Math.max(cell.longestRecoveryMs, Math.round(recoveryMs))
  }
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0)
  const differing = (of: 'lost' | 'extra') => (round: Round) =>
    [...round.sameLog, ...round.samePosts].reduce((total, difference) => total + difference[of].length, 0)
  return {
    bus,
    rounds: rounds.length,
    faults: suffered.length,
    byKind,
    records: sum((round) => round.records),
    issues: sum((round) => round.issues),
    alerts: sum((round) => round.alerts),
    webhooks: sum((round) => round.webhooks),
    repeatedWebhooks: sum((round) => round.repeated),
    endedByThemselves: sum((round) => round.ended.length),
    lost: sum((round) => differing('lost')(round) + round.lostPushes.length),
    doubled: sum(differing('extra')),
    longestRecoveryMs: Math.max(0, ...suffered.map(({ recoveryMs }) => Math.round(recoveryMs))),
    failedSeeds: rounds.filter(isFailed).map(({ seed }) => seed),
  }
}

const KINDS = ['kill', 'freeze', 'fill'] as const

/** The closing table. */
export const summaryTable = (summary: Summary): string => {
  const cell = (found: { faults: number; longestRecoveryMs: number } | undefined) =>
    (found === undefined ? '-' : `${found.faults} (${seconds(found.longestRecoveryMs)})`).padStart(14)
  const rows = Object.entries(summary.byKind).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    `${summary.bus}: ${summary.faults} faults in ${summary.rounds} rounds; faults (longest recovery) by victim and kind`,
    `${''.padEnd(10)}${KINDS.map((kind) => kind.padStart(14)).join('')}`,
    ...rows.map(([victim, byKind]) => `${victim.padEnd(10)}${KINDS.map((kind) => cell(byKind[kind])).join('')}`),
    `records ${summary.records}, issues ${summary.issues}, alerts ${summary.alerts}, webhooks ${summary.webhooks} (${summary.repeatedWebhooks} came again under their id)`,
    `lost ${summary.lost}, doubled ${summary.doubled}, longest recovery ${seconds(summary.longestRecoveryMs)}, processes that ended by themselves ${summary.endedByThemselves}`,
  ].join('\n')
}

/** What differed in a round, and how to see it again. */
export const failureText = (round: Round, command: string): string =>
  [
    `seed ${round.seed} differs; again with: ${command}`,
    ...(round.sameLog.length > 0 ? ['the same log gave something else:', describeDifferences(round.sameLog)] : []),
    ...(round.samePosts.length > 0
      ? ['the same posts gave something else:', describeDifferences(round.samePosts)]
      : []),
    ...(round.lostPushes.length > 0 ? [`pushes answered as taken and lost: ${round.lostPushes.join(', ')}`] : []),
  ].join('\n')
