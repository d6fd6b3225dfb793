import type { SourceState } from '@outcry/contracts'

/** What a person may do about a source as it is; null where nothing needs to be done. `told` is what its connector says. */
export const sourceFix = (
  name: string,
  { state, runs, told }: { state: SourceState; runs: boolean; told: string | null },
): string | null => {
  if (state === 'live') return null
  if (!runs)
    return 'Start Outcry, or a process with --only ingest; the log of the one that read it says why it stopped.'
  if (told !== null && told !== '') return told
  return state === 'lagging'
    ? 'Wait: it goes on by itself. If it stays behind, look at the limits of the platform.'
    : `Outcry goes on trying. To see what it sees, run: outcry doctor --source ${name}`
}

/** The same for what is not counted beside the sources: the bus, the database, or a partition of the detector. */
export const countingFix = (partition: number | null): string =>
  partition === null
    ? 'Look at its server and at the way there; Outcry goes on by itself once it answers.'
    : 'Start a process with the detector, or restart it; its log says why it does not go on.'

export const LOG_GAP_FIX = 'Raise retention.bus, or find out why the detector stood still or the log was replaced.'
