import type { VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { issueLink } from '../../kit/router.ts'
import type { Issue } from '../../views/issue.ts'
import { PARTS } from './panels.ts'

/** The id of the element that holds a part. */
export const partId = (name: string): string => `part-${name}`

/** The part comes to the top, and the keyboard begins there. */
export const goToPart = (name: string): void => {
  const part = document.getElementById(partId(name))
  part?.focus({ preventScroll: true })
  part?.scrollIntoView()
}

/** Leads to each part of a long page; the address then leads there too. */
export const PartsNav = ({ issue }: { issue: Issue }): VNode =>
  el(
    'nav',
    { class: 'parts', 'aria-label': 'Parts of the issue' },
    el(
      'ul',
      {},
      PARTS.filter(({ title, isThere }) => title !== undefined && (isThere?.(issue) ?? true)).map(({ name, title }) =>
        el(
          'li',
          { key: name },
          el('a', { href: `${issueLink(issue.id)}/${name}`, onClick: () => goToPart(name) }, title),
        ),
      ),
    ),
  )
