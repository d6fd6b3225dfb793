import { h, type VNode } from 'preact'
import { issuePath } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { issueLink } from '../../kit/router.ts'
import { useReading } from '../../kit/use-reading.ts'
import type { Issue } from '../../views/issue.ts'
import type { Panel } from './panel.ts'

const GoesOn = ({ into }: { into: string }): VNode => {
  const { data } = useReading<Issue>(issuePath(into))
  return el(
    'p',
    { class: 'aside' },
    el('b', {}, 'Merged: '),
    'it goes on as ',
    el('a', { href: issueLink(into), dir: 'auto' }, data?.label ?? 'another issue'),
    '. Decide, answer and say it there.',
  )
}

/** Where an issue went on that was merged into another: there people work on both. */
export const MergedPanel: Panel = ({ issue: { state, mergedInto } }) =>
  state === 'merged' && mergedInto !== null ? h(GoesOn, { into: mergedInto }) : null
