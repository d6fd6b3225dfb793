import type { Playbook } from '@outcry/contracts'

/** The playbook of an issue's type, else that of every other type, else none. */
export const playbookOf = (playbooks: readonly Playbook[], issueType: string | null): Playbook | null =>
  playbooks.find((playbook) => playbook.issueType === issueType) ??
  playbooks.find((playbook) => playbook.issueType === '*') ??
  null
