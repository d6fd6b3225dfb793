import { EVERY_OTHER_TYPE, type Playbook } from '@outcry/contracts'

/**
 * The playbook of an issue's type, else that of every other type, else none; of several for one type the first, so those
 * of the database stand before those of the configuration.
 */
export const playbookOf = (playbooks: readonly Playbook[], issueType: string | null): Playbook | null =>
  playbooks.find((playbook) => playbook.issueType === issueType) ??
  playbooks.find((playbook) => playbook.issueType === EVERY_OTHER_TYPE) ??
  null
