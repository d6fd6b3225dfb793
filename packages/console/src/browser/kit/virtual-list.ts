import { h, type ComponentChildren, type VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { el } from './elements.ts'

const CHUNK_ROWS = 20
const MARGIN_PX = 800

type VirtualListProps<T> = {
  /** What the list is called. */
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  row: (item: T) => ComponentChildren
  /** About how high a row is, before any was drawn. */
  rowPx: number
  /** The row that has the keyboard, the first where it is none of the items; and where it goes. */
  activeKey: string | null
  onActive: (key: string) => void
  /** Keys that the list does not know itself, on the row that has the keyboard. */
  onKey?: (event: KeyboardEvent, item: T) => void
}

/** Which row a key leads to; null where it is none of the list's keys. */
const stepOf = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent, from: number, count: number): number | null => {
  if (ctrlKey || altKey || metaKey) return null
  const steps: Record<string, number> = {
    ArrowDown: from + 1,
    j: from + 1,
    ArrowUp: from - 1,
    k: from - 1,
    Home: 0,
    End: count - 1,
  }
  const to = steps[key]
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}

/** Which chunks are near to what is seen, and how high those were that went out of it. */
const useNearChunks = () => {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([0]))
  const heights = useRef(new Map<number, number>())
  const observer = useMemo(
    () =>
      new IntersectionObserver(
        (entries) =>
          setNear((before) => {
            const after = new Set(before)
            for (const { target, isIntersecting, boundingClientRect } of entries) {
              const chunk = Number(target.getAttribute('data-chunk'))
              if (isIntersecting) after.add(chunk)
              else if (after.delete(chunk)) heights.current.set(chunk, boundingClientRect.height)
            }
            return after
          }),
        { rootMargin: `${MARGIN_PX}px` },
      ),
    [],
  )
  useEffect(() => () => observer.disconnect(), [observer])
  return { near, heights: heights.current, observer }
}

type ChunkProps = {
  number: number
  height: number | null
  observer: IntersectionObserver
  children?: ComponentChildren
}
/** Some rows, or the room that they take. */
const Chunk = ({ number, height, observer, children }: ChunkProps): VNode => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const watched = place.current!
    observer.observe(watched)
    return () => observer.unobserve(watched)
  }, [observer])
  return el(
    'div',
    {
      ref: place,
      role: 'presentation',
      class: 'chunk',
      'data-chunk': String(number),
      style: height === null ? { height: '' } : { height: `${height}px` },
    },
    children,
  )
}

/**
 * A list of thousands of rows of which only those near to what is seen are drawn. One row has the keyboard: arrows, j, k,
 * Home and End go on, and Tab into what the row holds. Screen readers hear the place and the count.
 */
export const VirtualList = <T>({
  label,
  items,
  keyOf,
  row,
  rowPx,
  activeKey,
  onActive,
  onKey,
}: VirtualListProps<T>): VNode => {
  const { near, heights, observer } = useNearChunks()
  const list = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  const found = activeKey === null ? 0 : items.findIndex((item) => keyOf(item) === activeKey)
  const active = Math.max(0, found)
  useLayoutEffect(() => {
    if (!moved.current) return
    moved.current = false
    const focused = list.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')
    focused?.focus({ preventScroll: true })
    focused?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const onKeyDown = (event: KeyboardEvent): void => {
    const item = items[active]
    if (item === undefined || !(event.target instanceof Element) || !event.target.hasAttribute('data-row')) return
    const to = stepOf(event, active, items.length)
    if (to === null) return onKey?.(event, item)
    event.preventDefault()
    moved.current = true
    onActive(keyOf(items[to]!))
  }
  const onFocusIn = ({ target }: FocusEvent): void => {
    const key = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null
    if (key) onActive(key)
  }
  const rowOf = (item: T, place: number): VNode =>
    el(
      'div',
      {
        key: keyOf(item),
        role: 'listitem',
        class: 'row',
        tabIndex: place === active ? 0 : -1,
        'data-row': keyOf(item),
        'aria-setsize': items.length,
        'aria-posinset': place + 1,
      },
      row(item),
    )
  const chunks = Array.from({ length: Math.ceil(items.length / CHUNK_ROWS) }, (_, number) => {
    const first = number * CHUNK_ROWS
    const some = items.slice(first, first + CHUNK_ROWS)
    const drawn = near.has(number) || number === Math.floor(active / CHUNK_ROWS)
    const height = drawn ? null : (heights.get(number) ?? some.length * rowPx)
    return h(
      Chunk,
      { key: number, number, height, observer },
      drawn && some.map((item, place) => rowOf(item, first + place)),
    )
  })
  return el('div', { ref: list, class: 'rows', role: 'list', 'aria-label': label, onKeyDown, onFocusIn }, chunks)
}
