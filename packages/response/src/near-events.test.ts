import { DAY_MS, HOUR_MS, type KnownEvent, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { nearEvents } from './near-events.ts'

const ONSET = Date.UTC(2026, 10, 2, 9)
const issue = { onset: ONSET, end: ONSET + 3 * HOUR_MS, issueType: 'checkout' }
const told = (changes: Partial<KnownEvent> = {}): KnownEvent => ({
  id: 'ev1',
  externalId: null,
  kind: 'release',
  title: '4.2',
  url: null,
  brands: null,
  issueTypes: null,
  at: ONSET - 12 * MINUTE_MS,
  until: null,
  postedBy: 'ci',
  createdAt: ONSET,
  ...changes,
})
const words = (...events: KnownEvent[]) => nearEvents(events, issue).map((event) => event.words)

describe('events near an issue', () => {
  it('say how they lie to the onset, the first before others', () => {
    expect(
      words(
        told({ id: 'b', at: ONSET + HOUR_MS, title: '4.2.1' }),
        told(),
        told({ id: 'c', kind: 'planned', title: 'maintenance', at: ONSET - HOUR_MS, until: ONSET + 30 * MINUTE_MS }),
        told({ id: 'd', kind: 'incident', title: 'card network', at: ONSET + 20_000 }),
      ),
    ).toEqual([
      "Planned event 'maintenance' began 1 h before the onset and lasts 1 h 30 min.",
      "Release '4.2' was 12 min before the onset.",
      "Incident 'card network' was at the onset.",
      "Release '4.2.1' was 1 h after the onset.",
    ])
  })

  it('leave out what was over a day before, came after the end, or is of another type', () => {
    const far = [
      told({ at: ONSET - DAY_MS - 1 }),
      told({ at: issue.end + 1 }),
      told({ issueTypes: ['login'] }),
      told({ at: ONSET - 3 * DAY_MS, until: ONSET - 2 * DAY_MS }),
    ]
    expect(words(...far)).toEqual([])
    const long = told({ at: ONSET - 3 * DAY_MS, until: ONSET, issueTypes: ['checkout'] })
    expect(words(long)).toHaveLength(1)
    expect(nearEvents([told({ issueTypes: ['login'] })], { ...issue, issueType: null })).toHaveLength(1)
  })
})
