import { type Alert, isoTime } from '@outcry/contracts'
import type { BacktestReport } from './backtest-report.ts'

/** A line of alerts.jsonl: the alert with its times as ISO 8601. */
export const alertLine = (alert: Alert): string =>
  `${JSON.stringify({ ...alert, at: isoTime(alert.at), since: isoTime(alert.since) })}\n`

/** report.json: the report with its times as ISO 8601 and durations in milliseconds. */
export const reportJson = (report: BacktestReport): string => {
  const { firstMs, lastMs, brands, issues, suppressed, ...figures } = report
  const shown = {
    ...figures,
    first: isoTime(firstMs),
    last: isoTime(lastMs),
    issues: issues.map(
      ({ sinceMs, openedMs, lastMs: lastAlertMs, peak: { atMs: peakMs, ...peak }, excerpts, ...issue }) =>
        Object.assign(issue, {
          since: isoTime(sinceMs),
          opened: isoTime(openedMs),
          last: isoTime(lastAlertMs),
          peak: Object.assign({ at: isoTime(peakMs) }, peak),
          excerpts: excerpts.map(({ atMs, ...excerpt }) => Object.assign({ at: isoTime(atMs) }, excerpt)),
        }),
    ),
    suppressed: suppressed.map(({ at, since, first, ...burst }) =>
      Object.assign(burst, {
        at: isoTime(at),
        since: isoTime(since),
        first: { source: first.source, at: isoTime(first.at) },
      }),
    ),
    brands: brands.map(({ series: { startMs, ...series }, ...brand }) =>
      Object.assign(brand, { series: Object.assign({ start: isoTime(startMs) }, series) }),
    ),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}
