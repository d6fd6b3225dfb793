import { Fragment, h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { issuePath } from '../../../kit/api.ts'
import { CopyButton } from '../../../kit/copy-button.ts'
import { el } from '../../../kit/elements.ts'
import { useReading } from '../../../kit/use-reading.ts'
import type { Notice } from '../../../views/notices.ts'
import type { PanelProps } from '../panel.ts'
import { FindingList, languageText } from '../statements/statement-wording.ts'
import { STATEMENT_LANGUAGES } from '../statements/statements-api.ts'

type Notices = { department: string; items: Notice[] }

const MEDIUM_TEXT: Readonly<Record<Notice['medium'], string>> = {
  banner: 'Banner',
  newsletter: 'Newsletter',
  chat: 'Greeting of the chat',
  status: 'Status page',
}

const copied = ({ title, text }: Notice): string => (title === null ? text : `${title}\n\n${text}`)

const Item = ({ notice }: { notice: Notice }): VNode => {
  const name = MEDIUM_TEXT[notice.medium]
  return el(
    'li',
    { class: 'statement' },
    el('h3', {}, name),
    el('blockquote', { dir: 'auto' }, notice.title !== null && el('b', {}, notice.title, '\n'), notice.text),
    h(FindingList, { findings: notice.findings }),
    el('div', { class: 'actions' }, h(CopyButton, { name: 'Copy', of: name, text: copied(notice) })),
  )
}

const Texts = ({ issueId }: { issueId: string }): VNode => {
  const [language, setLanguage] = useState<string>('en')
  const { data } = useReading<Notices>(`${issuePath(issueId)}/notices?language=${language}`)
  return h(
    Fragment,
    {},
    el(
      'label',
      {},
      'Language ',
      el(
        'select',
        { onChange: ({ currentTarget }) => setLanguage(currentTarget.value) },
        STATEMENT_LANGUAGES.map((each) =>
          el('option', { key: each, value: each, selected: each === language }, languageText(each)),
        ),
      ),
    ),
    el(
      'p',
      { class: 'quiet' },
      'Filled with the facts of the newest statement. Where you put one up, record it with a statement of the kind notice.',
    ),
    data === null
      ? el('p', { class: 'quiet' }, 'Reading…')
      : h(
          Fragment,
          {},
          el(
            'ul',
            { class: 'posts' },
            data.items.map((notice) => h(Item, { key: notice.medium, notice })),
          ),
          el(
            'p',
            {},
            'Live chat department: ',
            el('b', {}, data.department),
            ' ',
            h(CopyButton, { name: 'Copy', of: 'department', text: data.department }),
          ),
        ),
  )
}

/** What to tell people who have not met the problem yet, to copy; read where somebody opens it. */
export const NoticesPanel = ({ issue }: PanelProps): VNode | null => {
  const [open, setOpen] = useState(false)
  if (issue.state === 'merged') return null
  return el(
    'section',
    { class: 'notices' },
    el('h2', {}, 'Before they notice'),
    el(
      'details',
      { open, onToggle: ({ currentTarget }) => setOpen(currentTarget.open) },
      el('summary', {}, 'Texts for people who have not met it yet'),
      open && h(Texts, { issueId: issue.id }),
    ),
  )
}
