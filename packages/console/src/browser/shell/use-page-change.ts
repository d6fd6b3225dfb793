import { useEffect, useRef } from 'preact/hooks'
import type { Page } from '../pages/page.ts'

/** Another page has a title of its own, and the keyboard begins at its top. */
export const usePageChange = ({ title, view }: Page): void => {
  const shown = useRef(view)
  useEffect(() => {
    if (title !== null) document.title = `${title} · Outcry`
    if (shown.current !== view) document.getElementById('main')?.focus({ preventScroll: true })
    shown.current = view
  }, [title, view])
}
