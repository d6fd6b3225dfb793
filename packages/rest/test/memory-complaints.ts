import type { ComplaintPort, ComplaintRow } from '../src/ports-of-complaints.ts'

const START = Date.UTC(2026, 0, 5, 12)

/** One complaint of every issue; what is said of it stays. The rules are held by tests over the running API. */
export const memoryComplaints = (): ComplaintPort => {
  const row: ComplaintRow = {
    key: START,
    id: 'push:support:1',
    source: 'support',
    platform: 'push',
    at: START,
    text: 'checkout <b>hangs</b>',
    title: null,
    lang: 'en',
    url: 'javascript:alert(1)',
    complaint: 0.9,
    followers: 41,
    rating: null,
    reach: 42,
    engagement: { likes: 3 },
    exchange: { byPerson: 2, byBrand: 1, advice: 'Move it to a private channel: 3 public messages' },
    estimate: { is: 'genuine', reasons: [] },
    answer: null,
    markedUnanswered: false,
    assignee: null,
    handOff: null,
    outcome: null,
    authenticity: null,
    version: 0,
  }
  return {
    list: async () => ({ rows: [row], next: null }),
    summary: async () => ({
      complaints: 1,
      unanswered: 1,
      oldestUnansweredAt: START,
      reachUnanswered: 42,
      handedOff: 0,
      outcomes: {},
      assignees: {},
      authenticity: {},
    }),
    triage: async (_issue, { seen, change }, act) => {
      const ids = seen.map(({ mentionId }) => mentionId).filter((id) => id !== row.id)
      if (ids.length > 0) return { kind: 'unknown', ids }
      if (seen[0]?.version !== row.version) return { kind: 'done', changed: [], overtaken: [row] }
      row.version += 1
      row.assignee = change.assignee ?? null
      if (change.answered === true) row.answer = { how: 'marked', by: act.actor, at: START }
      return { kind: 'done', changed: [row], overtaken: [] }
    },
  }
}
