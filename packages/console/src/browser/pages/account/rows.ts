import type { VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { numberText } from '../../kit/wording.ts'

/** Counts by table, those of which there is something. */
export const Rows = ({ rows, none }: { rows: Readonly<Record<string, number>>; none: string }): VNode => {
  const some = Object.entries(rows).filter(([, count]) => count > 0)
  if (some.length === 0) return el('p', {}, none)
  return el(
    'ul',
    { class: 'reasons' },
    some.map(([table, count]) => el('li', { key: table }, `${table}: ${numberText(count)}`)),
  )
}
