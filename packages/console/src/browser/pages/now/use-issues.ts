import { useReading } from '../../kit/use-reading.ts'
import type { IssueSummary } from '../../views/issue.ts'

/** As many as the API gives at once. */
const MOST = 200
const MOST_OVER = 20
const statesQuery = (states: readonly IssueSummary['state'][]): string =>
  states.map((state) => `&state=${state}`).join('')
const ACTIVE = statesQuery(['open', 'acknowledged', 'announced'])
const OVER = statesQuery(['resolved', 'dismissed', 'merged'])
type Page = { items: IssueSummary[]; nextCursor: string | null }

const NONE: readonly IssueSummary[] = []

export type Issues = {
  /** Null until read. */
  active: readonly IssueSummary[] | null
  over: readonly IssueSummary[]
  /** More burn than are shown. */
  more: boolean
  /** Why there are none. */
  fault: string | null
}

/** The issues of all brands or of one: what burns, and what was over last. */
export const useIssues = (brandQuery: string): Issues => {
  const active = useReading<Page>(`/issues?limit=${MOST}${ACTIVE}${brandQuery}`)
  const over = useReading<Page>(`/issues?limit=${MOST_OVER}${OVER}${brandQuery}`)
  return {
    active: active.data?.items ?? null,
    over: over.data?.items ?? NONE,
    more: active.data !== null && active.data.nextCursor !== null,
    fault: active.data === null ? (active.fault?.message ?? null) : null,
  }
}
