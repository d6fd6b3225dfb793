import type { Notice } from '../notice.ts'

/** What stands for the chart where it cannot be seen. */
export const CHART_NAME = 'People complaining, against what was expected'

/** The chart's address, for tools that take images; null where there is none. */
export const chartOf = (notice: Notice): string | null => (notice.about === 'issue' ? (notice.chartUrl ?? null) : null)
