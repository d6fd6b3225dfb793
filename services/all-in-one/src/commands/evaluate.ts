import { AlertKind, createGuard, MINUTE_MS, OutcryError } from '@outcry/contracts'
import { evaluate, type Evaluation, parseTruth, readTime, type ScoredAlert } from '@outcry/replay'
import type { DefineCommand } from '../define-command.ts'
import { readJsonFile, readJsonLines } from '../json-file.ts'

export const defineEvaluate: DefineCommand = (command, io) => {
  command
    .requiredOption('--truth <file>', 'labelled incidents: {"incidents","observed","grey"?,"promo"?,"fewUsers"?}')
    .requiredOption('--alerts <file>', 'alerts.jsonl of a backtest')
    .option('--json', 'one JSON object instead of lines')
    .addHelpText('after', DEFINITIONS)
    .action(async (options: { truth: string; alerts: string; json?: boolean }) => {
      const truth = parseTruth(await readJsonFile(options.truth, io))
      const lines = await readJsonLines(options.alerts, io)
      const alerts = lines.map(({ line, value }) => readAlert(value, `${options.alerts}:${line}`))
      const figures = evaluate(alerts, truth)
      io.stdout.write(options.json === true ? `${JSON.stringify(figures)}\n` : describe(figures))
    })
}

const DEFINITIONS = `
One alert of kind "opened", paging or not, matches an incident of its brand from its start to 60 minutes after its end.
Alerts outside the observed time, or in an incident with "scored": false, count neither for nor against. "lenient"
leaves out alerts in a grey span or up to 30 minutes after. Time to detect is the median of first match minus start.
Pages are alerts "opened" or "escalated" with "page": true.`

const isKind = createGuard(AlertKind)

const readAlert = (value: unknown, place: string): ScoredAlert => {
  const alert = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const at = typeof alert.at === 'number' || typeof alert.at === 'string' ? readTime(alert.at) : Number.NaN
  const { kind, brand, page } = alert
  if (!isKind(kind) || typeof brand !== 'string' || typeof page !== 'boolean' || !Number.isFinite(at))
    throw new OutcryError('ALERTS_INVALID', `${place} is no alert: it needs kind, brand, page and at.`, {
      fix: 'Give the alerts.jsonl that `outcry backtest` wrote.',
      exitCode: 2,
    })
  return { kind, brand, page, at }
}

const describe = (figures: Evaluation): string => {
  const rows: [string, string][] = [
    ['alerts', String(figures.alerts)],
    ['counted', String(figures.counted)],
    ['precision', share(figures.precision)],
    ['precision lenient', share(figures.precisionLenient)],
    ['recall', share(figures.recall)],
    ['recall of majors', share(figures.recallOfMajors)],
    ['F1', share(figures.f1)],
    ['F1 lenient', share(figures.f1Lenient)],
    ['incidents hit', `${figures.incidentsHit} of ${figures.incidents}`],
    ['minutes to detect', share(figures.minutesToDetect)],
    ['minutes to detect, majors', share(figures.minutesToDetectMajors)],
    ['alerts per incident hit', share(figures.alertsPerIncidentHit)],
    ['recall of majors by pages', share(figures.recallOfMajorsByPages)],
    ['false alerts per brand-week', share(figures.falseAlertsPerBrandWeek)],
    ['pages', String(figures.pages)],
    ['pages per brand-week', share(figures.pagesPerBrandWeek)],
    ['false pages per brand-week', share(figures.falsePagesPerBrandWeek)],
    ['page precision lenient', share(figures.pagePrecisionLenient)],
    ['promotions alerted', `${figures.promotionsAlerted} of ${figures.promotions}`],
    ['few-user storms alerted', `${figures.fewUserStormsAlerted} of ${figures.fewUserStorms}`],
  ]
  const missed = figures.missed.map(
    ({ brand, start, end, tier }) =>
      `missed: ${brand} ${new Date(start).toISOString()} for ${Math.round((end - start) / MINUTE_MS)} min ${tier}\n`,
  )
  return [...rows.map(([name, value]) => `${name.padEnd(30)}${value}\n`), ...missed].join('')
}

const share = (value: number | null): string => (value === null ? '-' : value.toFixed(3))
