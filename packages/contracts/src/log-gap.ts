import { DAY_MS } from './time.ts'

/** So long after its last gap a partition of the log is shown: then the longest window has passed over it. */
export const LOG_GAP_SHOWN_MS = DAY_MS

/** The one name of a partition for people: in alarms, beside the sources, in `doctor`. */
export const logName = (partition: number | string): string => `log partition ${partition}`

/** What a person is told of a partition's gaps. `lost` is 0 where only a log that was replaced would know. */
export const logGapReason = ({ lost, replaced }: { lost: number; replaced: boolean }): string =>
  [
    ...(lost > 0 ? [`${lost} records left the log before they were counted`] : []),
    ...(replaced ? ['the log was replaced by another one'] : []),
  ].join('; ')
