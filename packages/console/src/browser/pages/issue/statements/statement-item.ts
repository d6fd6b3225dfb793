import { h, type VNode } from 'preact'
import { CopyButton } from '../../../kit/copy-button.ts'
import { button, el } from '../../../kit/elements.ts'
import { PostLink } from '../../../kit/post-link.ts'
import { Time } from '../../../kit/time.ts'
import type { Statement } from '../../../views/statement.ts'
import { awaitsOther, FindingList, nameOf, STATE_MARK } from './statement-wording.ts'

export type StatementActs = {
  edit: (statement: Statement) => void
  approve: (statement: Statement) => void
  publish: (statement: Statement) => void
  withdraw: (statement: Statement) => void
}
type Change = [name: string, change: (statement: Statement) => void]

const copies = ({ rendered: { text, markdown, slack, email } }: Statement): [string, string][] => [
  ['Copy text', text],
  ['Copy Markdown', markdown],
  ['Copy for Slack', slack],
  ['Copy e-mail', `Subject: ${email.subject}\n\n${email.text}`],
]

const changes = (statement: Statement, me: string, acts: StatementActs): Change[] => {
  const { state, findings } = statement
  const { edit, approve, publish, withdraw } = acts
  if (state === 'withdrawn') return []
  if (state === 'published') return [['Published elsewhere too…', publish]]
  const edits: Change[] = [
    ['Edit…', edit],
    ['Withdraw…', withdraw],
  ]
  if (state === 'approved') return [['Published…', publish], ...edits]
  return awaitsOther(statement, me) || findings.some(({ blocks }) => blocks) ? edits : [['Approve', approve], ...edits]
}

const Publications = ({ publications }: Statement): VNode =>
  el(
    'ul',
    { class: 'quiet' },
    publications.map(({ channel, url, at, by }) =>
      el(
        'li',
        { key: `${channel} ${at}` },
        `On ${channel}, `,
        h(Time, { at }),
        `, by ${by} `,
        h(PostLink, { url }, `Open it on ${channel}`),
      ),
    ),
  )

/** `me`: the name of who looks at it; `acts` are null where they may only read. */
type Shown = { statement: Statement; me: string; acts: StatementActs | null }

/** One statement: what it says, how far it is, what is wrong with it, and what can be done. */
export const StatementItem = ({ statement, me, acts }: Shown): VNode => {
  const { id, state, rendered, findings, writtenBy, approvedBy, updatedAt, publications } = statement
  const name = nameOf(statement)
  return el(
    'li',
    { class: 'statement' },
    el('h3', {}, name),
    el('p', { class: 'tags' }, el('span', { class: `tag${state === 'published' ? ' calm' : ''}` }, STATE_MARK[state])),
    el('blockquote', { dir: 'auto' }, rendered.text),
    publications.length > 0 && h(Publications, statement),
    el(
      'p',
      { class: 'quiet' },
      `Written by ${writtenBy}${approvedBy === null ? '' : `, approved by ${approvedBy}`}, `,
      h(Time, { at: updatedAt }),
    ),
    (state === 'draft' || state === 'approved') && h(FindingList, { findings, other: awaitsOther(statement, me) }),
    acts &&
      el(
        'div',
        { class: 'actions' },
        changes(statement, me, acts).map(([text, change]) =>
          button(text, () => change(statement), {
            key: text,
            'data-focus': `${id} ${text}`,
            'aria-label': `${text}: ${name}`,
          }),
        ),
      ),
    state !== 'withdrawn' &&
      el(
        'div',
        { class: 'actions' },
        copies(statement).map(([text, copied]) => h(CopyButton, { key: text, name: text, of: name, text: copied })),
      ),
  )
}
