import type { VNode } from 'preact'
import { el } from './elements.ts'

/** What each column of a table holds. */
export const TableHead = ({ names }: { names: readonly string[] }): VNode =>
  el(
    'thead',
    {},
    el(
      'tr',
      {},
      names.map((name) => el('th', { key: name, scope: 'col' }, name)),
    ),
  )
