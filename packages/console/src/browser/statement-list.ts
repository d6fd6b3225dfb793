import { button, el } from './elements.ts'
import { nameOf, findingList, STATE_MARK } from './statement-wording.ts'
import type { Said, Statement } from './statements-api.ts'
import { safeLink, timeText } from './wording.ts'

export type StatementActs = {
  draft: () => void
  edit: (statement: Statement) => void
  approve: (statement: Statement) => void
  publish: (statement: Statement) => void
  withdraw: (statement: Statement) => void
  /** Whether the text is on the clipboard. */
  copy: (name: string, text: string) => Promise<boolean>
}
type Props = { said: Said; fault: string | null; mayWrite: boolean; acts: StatementActs }

const copies = ({ rendered: { text, markdown, slack, email } }: Statement): [string, string][] => [
  ['Copy text', text],
  ['Copy Markdown', markdown],
  ['Copy for Slack', slack],
  ['Copy e-mail', `Subject: ${email.subject}\n\n${email.text}`],
]

type Change = [name: string, change: (statement: Statement) => void]
const changes = ({ state, findings }: Statement, { edit, approve, publish, withdraw }: StatementActs): Change[] => {
  if (state === 'withdrawn') return []
  if (state === 'published') return [['Published elsewhere too…', publish]]
  const edits: Change[] = [
    ['Edit…', edit],
    ['Withdraw…', withdraw],
  ]
  if (state === 'approved') return [['Published…', publish], ...edits]
  return findings.some(({ blocks }) => blocks) ? edits : [['Approve', approve], ...edits]
}

const publications = (statement: Statement): HTMLElement | null =>
  statement.publications.length === 0
    ? null
    : el(
        'ul',
        { class: 'quiet' },
        ...statement.publications.map(({ channel, url, at, by }) => {
          const link = safeLink(url)
          return el(
            'li',
            {},
            `On ${channel}, ${timeText(at)}, by ${by} `,
            link &&
              el('a', { href: link, rel: 'noopener noreferrer nofollow', target: '_blank' }, `Open it on ${channel}`),
          )
        }),
      )

const item = (statement: Statement, { mayWrite, acts }: Props): HTMLElement => {
  const { id, state, rendered, findings, writtenBy, approvedBy, updatedAt } = statement
  const name = nameOf(statement)
  const act = (text: string, run: () => unknown) =>
    button(text, run, { 'data-focus': `${id} ${text}`, 'aria-label': `${text}: ${name}` })
  const copy = ([text, copied]: [string, string]) => {
    const made = act(text, async () => {
      if (await acts.copy(text, copied)) made.textContent = 'Copied'
    })
    return made
  }
  const editable = state === 'draft' || state === 'approved'
  return el(
    'li',
    { class: 'statement' },
    el('h3', {}, name),
    el('p', { class: 'tags' }, el('span', { class: `tag${state === 'published' ? ' calm' : ''}` }, STATE_MARK[state])),
    el('blockquote', { dir: 'auto' }, rendered.text),
    publications(statement),
    el(
      'p',
      { class: 'quiet' },
      `Written by ${writtenBy}${approvedBy === null ? '' : `, approved by ${approvedBy}`}, ${timeText(updatedAt)}`,
    ),
    editable && findingList(findings),
    mayWrite &&
      el(
        'div',
        { class: 'actions' },
        ...changes(statement, acts).map(([text, change]) => act(text, () => change(statement))),
      ),
    state !== 'withdrawn' && el('div', { class: 'actions' }, ...copies(statement).map(copy)),
  )
}

/** What the company says of the issue: the drafts and what was published where, and who still waits for the thank-you. */
export const statementList = (props: Props): HTMLElement => {
  const { said, fault, mayWrite, acts } = props
  return el(
    'section',
    { class: 'said', 'aria-labelledby': 'said-title' },
    el('h2', { id: 'said-title' }, 'What we say'),
    said.owed.length > 0 &&
      el('p', { class: 'aside' }, el('b', {}, 'The thank-you is owed on: '), said.owed.join(', ')),
    fault !== null && el('p', { class: 'fault', role: 'alert' }, fault),
    said.items.length === 0 && el('p', { class: 'quiet' }, 'Nothing yet.'),
    el('ul', { class: 'posts' }, ...said.items.map((each) => item(each, props))),
    mayWrite && el('div', { class: 'actions' }, button('Draft a statement…', acts.draft)),
  )
}
