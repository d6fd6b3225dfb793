import { DAY_MS, type EarlierIssue, type Recurrence } from '@outcry/contracts'

const MOST_NAMED = 10

/** `earlier`: issues of the same brand and type that opened within a year before, the issue itself not among them. */
export const recurrenceOf = (
  issue: { issueType: string | null; openedAt: number },
  earlier: readonly EarlierIssue[],
): Recurrence => {
  const within = (days: number) =>
    earlier.filter(({ openedAt }) => openedAt < issue.openedAt && openedAt >= issue.openedAt - days * DAY_MS)
  const year = within(365)
  const counts = {
    issueType: issue.issueType,
    days30: within(30).length,
    days90: within(90).length,
    days365: year.length,
  }
  return {
    ...counts,
    earlier: year
      .toSorted((one, other) => other.openedAt - one.openedAt || (one.id < other.id ? 1 : -1))
      .slice(0, MOST_NAMED),
    words: inWords(counts),
  }
}

const inWords = ({ issueType, days30, days90, days365 }: Omit<Recurrence, 'earlier' | 'words'>): string => {
  const what = issueType === null ? 'the same' : `the type ${issueType}`
  return days365 === 0
    ? `Nothing of ${issueType === null ? 'the kind' : what} was an issue in the year before.`
    : `Before this one, ${what} was an issue ${times(days30)} in 30 days, ${times(days90)} in 90 and ${times(days365)} in a year.`
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)
