import { emptyPlaybook, type PlaybookVersion } from '@outcry/contracts'
import type { IssueTypePort, PlaybookPort, PlaybookRow } from '../src/index.ts'

const LABELS: Record<string, string> = { checkout: 'Checkout fails', login: 'Login fails', '*': 'Every other issue' }

/** Playbooks over an array; that of `checkout` is configured. */
export const memoryPlaybooks = (): { playbooks: PlaybookPort; issueTypes: IssueTypePort } => {
  const written: PlaybookVersion[] = []
  const configured = emptyPlaybook('checkout')
  const rowOf = (issueType: string): PlaybookRow => {
    const newest = written.findLast((one) => one.issueType === issueType)
    const playbook = newest?.body ?? (issueType === 'checkout' ? configured : null)
    return {
      issueType,
      label: LABELS[issueType]!,
      origin: newest?.body ? 'database' : playbook === null ? null : 'configuration',
      playbook,
      version: newest?.version ?? 0,
      by: newest?.by ?? null,
      at: newest?.at ?? null,
      faults: [],
    }
  }
  return {
    playbooks: {
      list: async () => Object.keys(LABELS).map(rowOf),
      get: async (issueType) => (issueType in LABELS ? rowOf(issueType) : null),
      ofIssue: async () => ({ issueType: 'checkout', playbook: configured, queue: '#desk-checkout', harm: 'money' }),
      versions: async (issueType, before, limit) =>
        written
          .filter((one) => one.issueType === issueType && (before === null || one.version < before))
          .toReversed()
          .slice(0, limit),
      faults: ({ queue }) =>
        queue === '{isue}' ? [{ path: 'playbook.queue', message: 'is never filled in', fix: 'Known: issue.' }] : [],
      write: async ({ issueType, seen, body }, act) => {
        if (seen !== rowOf(issueType).version) return null
        written.push({ issueType, version: seen + 1, body, by: act.actor, at: 0 })
        return rowOf(issueType)
      },
    },
    issueTypes: {
      list: () => [
        { id: 'checkout', label: 'Checkout fails', harm: 'money', terms: ['checkout'], examples: [], own: false },
        { id: 'login', label: 'Login fails', harm: 'access', terms: ['login'], examples: [], own: false },
      ],
      examples: async () => ({ rows: [], next: null }),
    },
  }
}
