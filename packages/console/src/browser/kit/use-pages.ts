import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { ApiFault } from './api.ts'
import { button, el } from './elements.ts'
import { tell } from './news.ts'
import { useReading } from './use-reading.ts'

/** One page of a list of the API, kept fresh; `items` is null until it was read. */
export type Pages<T> = {
  items: readonly T[] | null
  fault: ApiFault | null
  /** From 1. */
  number: number
  newer: (() => void) | null
  older: (() => void) | null
}

/** Reads a list page by page, the newest first; another path begins anew. The path has a query. */
export const usePages = <T>(path: string): Pages<T> => {
  const [turned, setTurned] = useState<{ path: string; cursors: readonly string[] }>({ path, cursors: [] })
  const cursors = turned.path === path ? turned.cursors : []
  const cursor = cursors.at(-1)
  const { data, fault } = useReading<{ items: T[]; nextCursor: string | null }>(
    cursor === undefined ? path : `${path}&cursor=${encodeURIComponent(cursor)}`,
  )
  const next = data?.nextCursor ?? null
  const turn = (to: readonly string[]) => () => {
    setTurned({ path, cursors: to })
    tell(`Page ${to.length + 1}`)
  }
  return {
    items: data?.items ?? null,
    fault,
    number: cursors.length + 1,
    newer: cursors.length === 0 ? null : turn(cursors.slice(0, -1)),
    older: next === null ? null : turn([...cursors, next]),
  }
}

/** Leads to the pages before and after; nothing where there is only one. */
export const PageTurner = ({ pages, of }: { pages: Pages<unknown>; of: string }): VNode | null => {
  const { number, newer, older } = pages
  if (number === 1 && older === null) return null
  // A button that is out of use keeps the keyboard.
  const turns = (name: string, turn: (() => void) | null): VNode =>
    button(name, () => turn?.(), { 'aria-disabled': turn === null, 'data-focus': `${of} ${name}` })
  return el(
    'nav',
    { class: 'actions turner', 'aria-label': `Pages of ${of}` },
    turns('Newer', newer),
    el('span', { class: 'quiet' }, `Page ${number}`),
    turns('Older', older),
  )
}
