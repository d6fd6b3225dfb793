/**
 * Alerts to five targets of which one is dead, one throttles and one is slow, while the alerter is killed again and again.
 * `node packages/bench/src/storm.ts [--alerts 10000] [--per-second 50] [--kills 10]`. Exit code 1 where an alert is
 * missing or came under two ids.
 */
import { parseArgs } from 'node:util'
import { runStorm, type TargetFigures } from './storm/run-storm.ts'

const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '10000' },
    'per-second': { type: 'string', default: '50' },
    kills: { type: 'string', default: '10' },
  },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const [alerts, perSecond, kills] = [Number(values.alerts), Number(values['per-second']), Number(values.kills)]

const line = ({ name, alerts: heard, missing, repeated, underTwoIds, delays }: TargetFigures): string => {
  const at = (share: number) => ((delays[Math.floor(delays.length * share)] ?? Number.NaN) / 1_000).toFixed(2)
  const soon = delays.filter((delay) => delay <= 60_000).length / (heard + missing)
  return (
    `${name.padEnd(11)} ${heard} alerts, ${missing} missing, ${underTwoIds} under two ids, ${repeated} again under their id; ` +
    `p50 ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)} s; ${(100 * soon).toFixed(2)} % within 60 s`
  )
}

const { targets, waiting, drainedSeconds } = await runStorm({
  alerts,
  perSecond,
  kills,
  onKill: (kill, told) => say(`kill ${kill} of ${kills} after ${told} alerts`),
})
say(`${alerts} alerts at ${perSecond} a second, ${kills} kills of the alerter`)
for (const target of targets) say(line(target))
say(`waiting at the end: ${[...waiting].map(([target, count]) => `${target} ${count}`).join(', ')}`)
say(`all drained ${drainedSeconds.toFixed(0)} s after the broken ones were mended`)
process.exitCode = targets.some(({ missing, underTwoIds }) => missing + underTwoIds > 0) ? 1 : 0
