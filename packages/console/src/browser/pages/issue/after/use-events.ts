import { issuePath } from '../../../kit/api.ts'
import { useReading } from '../../../kit/use-reading.ts'
import type { NearEvent } from '../../../views/report.ts'

const NONE: readonly NearEvent[] = []

/** Releases and other events near an issue, the first before others. */
export const useEvents = (issueId: string): readonly NearEvent[] =>
  useReading<{ items: NearEvent[] }>(`${issuePath(issueId)}/events`).data?.items ?? NONE
