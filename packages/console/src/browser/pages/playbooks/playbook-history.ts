import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { Time } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import type { PlaybookRow, PlaybookVersion } from '../../views/playbook.ts'
import { changesOf, type FieldChange } from './playbook-fields.ts'
import { playbookPath } from './playbooks-api.ts'

/** What one version says otherwise than another. */
export const Changes = ({ changes }: { changes: readonly FieldChange[] }): VNode =>
  changes.length === 0
    ? el('p', { class: 'quiet' }, 'It says the same.')
    : el(
        'ul',
        { class: 'changes' },
        changes.map(({ name, before, after }) =>
          el(
            'li',
            { key: name },
            el('b', {}, name),
            before !== null && el('del', { dir: 'auto' }, el('span', { class: 'hidden' }, 'was '), before),
            after !== null && el('ins', { dir: 'auto' }, el('span', { class: 'hidden' }, 'now '), after),
          ),
        ),
      )

const Version = ({ one, before }: { one: PlaybookVersion; before: PlaybookVersion | null }): VNode =>
  el(
    'li',
    {},
    el('b', {}, `Version ${one.version}`),
    ` by ${one.by}, `,
    h(Time, { at: one.at }),
    one.playbook === null
      ? el('p', {}, 'Back to the configuration.')
      : h(Changes, { changes: changesOf(before?.playbook ?? null, one.playbook) }),
  )

/** Who wrote the playbook when, and what changed; the newest first. */
export const PlaybookHistory = ({ row }: { row: PlaybookRow }): VNode | null => {
  const path = row.version === 0 ? null : `${playbookPath(row.issueType)}/versions?limit=50`
  const { data } = useReading<{ items: PlaybookVersion[]; nextCursor: string | null }>(path)
  if (data === null) return null
  // What the last of a page changed is not known without the one before it.
  const shown = data.nextCursor === null ? data.items : data.items.slice(0, -1)
  return el(
    'section',
    { class: 'versions', 'aria-labelledby': 'versions-title' },
    el('h3', { id: 'versions-title' }, 'What was written'),
    el(
      'ol',
      {},
      shown.map((one, place) => h(Version, { key: one.version, one, before: data.items[place + 1] ?? null })),
    ),
    data.nextCursor !== null && el('p', { class: 'quiet' }, 'Earlier versions are not shown; the API has them.'),
  )
}
