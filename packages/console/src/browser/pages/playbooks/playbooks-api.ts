import { remove, write } from '../../kit/api.ts'
import type { Playbook, PlaybookRow } from '../../views/playbook.ts'

export const playbookPath = (type: string): string => `/playbooks/${encodeURIComponent(type)}`
export const playbookLink = (type: string): string => `#${playbookPath(type)}`

/** Writes the next version after the one that was seen. */
export const writePlaybook = async (
  issueType: string,
  version: number,
  { issueType: _type, ...playbook }: Playbook,
): Promise<PlaybookRow> => write('PUT', playbookPath(issueType), { version, playbook })

export const resetPlaybook = async ({ issueType, version }: PlaybookRow): Promise<PlaybookRow> =>
  remove(`${playbookPath(issueType)}?version=${version}`)
