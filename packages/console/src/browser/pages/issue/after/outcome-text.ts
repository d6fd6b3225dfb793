import type { ComplaintOutcome } from '@outcry/contracts'

const NAMES: Readonly<Record<ComplaintOutcome, string>> = {
  resolved: 'resolved',
  'parted-ways': 'parted ways',
  'no-reply': 'no reply',
  'not-solved': 'could not be solved',
}

/** "12 resolved, 3 parted ways"; empty where people said nothing of any. */
export const outcomeText = (outcomes: Readonly<Partial<Record<ComplaintOutcome, number>>>): string =>
  (Object.keys(NAMES) as ComplaintOutcome[])
    .flatMap((outcome) => (outcomes[outcome] ? [`${outcomes[outcome]} ${NAMES[outcome]}`] : []))
    .join(', ')
