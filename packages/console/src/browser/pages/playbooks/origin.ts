import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { Time } from '../../kit/time.ts'
import type { PlaybookRow } from '../../views/playbook.ts'

/** Where a playbook stands, in words and a mark. */
export const Origin = ({ row }: { row: PlaybookRow }): VNode => {
  const { origin, version, by, at, issueType } = row
  if (origin === 'database')
    return el('p', {}, `✎ Version ${version}, by ${by ?? ''}, `, at !== null && h(Time, { at }))
  if (origin === 'configuration') return el('p', {}, '▤ From the configuration')
  return el('p', {}, issueType === '*' ? '○ None' : '○ None of its own: that of every other issue counts')
}
