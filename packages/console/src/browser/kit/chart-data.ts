export type ChartSeries = {
  name: string
  kind: 'bars' | 'line'
  /** One for each time. */
  values: readonly number[]
}

const USUAL_STEP_MS = 600_000

/**
 * Times in epoch seconds and the values of each series, with one time more: the end of the last step, which bars and lines
 * that begin at its start reach to.
 */
export const chartData = (
  at: readonly string[],
  series: readonly ChartSeries[],
): [times: number[], ...values: (number | null)[][]] => {
  const times = at.map((iso) => Date.parse(iso) / 1_000)
  const last = times.at(-1)
  if (last === undefined) return [[], ...series.map(() => [])]
  const step = times.length > 1 ? last - times.at(-2)! : USUAL_STEP_MS / 1_000
  return [
    [...times, last + step],
    ...series.map(({ kind, values }) => [...values, kind === 'bars' ? null : (values.at(-1) ?? null)]),
  ]
}
