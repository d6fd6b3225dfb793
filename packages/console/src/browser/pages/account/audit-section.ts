import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { DayField, WordsField, queryOf } from '../../kit/choice.ts'
import { el } from '../../kit/elements.ts'
import { issueLink } from '../../kit/router.ts'
import { useStore } from '../../kit/store.ts'
import { Time } from '../../kit/time.ts'
import { Unread } from '../../kit/unread.ts'
import { PageTurner, usePages } from '../../kit/use-pages.ts'
import { brandChoice } from '../../shell/brand-choice.ts'
import type { AuditEntry } from '../../views/account.ts'

const PAGE_ROWS = 50
const VIA = { token: 'by token', session: 'in the console', webhook: 'by webhook', command: 'by command' } as const

/** "acknowledgeIssue" is "acknowledge issue". */
const operationText = (operation: string): string =>
  operation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim()

const outcomeText = (status: number | null): string =>
  status === null ? 'begun' : status < 400 ? 'done' : `refused (${status})`

const Row = ({ entry, nameOf }: { entry: AuditEntry; nameOf: (brand: string) => string }): VNode => {
  const { at, who, via, operation, brand, issueId, subject, status } = entry
  return el(
    'li',
    {},
    h(Time, { at }),
    el(
      'span',
      {},
      el('b', {}, who),
      ` ${operationText(operation)}, ${outcomeText(status)}, ${VIA[via]}`,
      brand !== null && `, ${nameOf(brand)}`,
      issueId !== null && [', ', el('a', { href: issueLink(issueId) }, 'the issue')],
      subject !== null && `, ${subject}`,
    ),
  )
}

/** Who wrote what, newest first. */
export const AuditSection = ({ nameOf }: { nameOf: (brand: string) => string }): VNode => {
  const brand = useStore(brandChoice)
  const [filter, setFilter] = useState({ who: '', operation: '', issue: '', since: '', until: '' })
  const set = (name: keyof typeof filter) => (value: string) => setFilter((before) => ({ ...before, [name]: value }))
  const pages = usePages<AuditEntry>(`/audit?${queryOf({ limit: PAGE_ROWS, brand, ...filter })}`)
  const seen = (of: (entry: AuditEntry) => string) => [...new Set(pages.items?.map(of))].toSorted()
  const listOf = (id: string, values: readonly string[]): VNode =>
    el(
      'datalist',
      { id },
      values.map((value) => el('option', { key: value, value })),
    )
  return el(
    'section',
    { 'aria-labelledby': 'audit-title' },
    el('h3', { id: 'audit-title' }, 'Who did what'),
    el('p', { class: 'quiet' }, 'Every write and every try to write. Rows are only ever added.'),
    el(
      'div',
      { class: 'filters', role: 'search', 'aria-label': 'Audit log' },
      h(WordsField, { name: 'Who', list: 'audit-who', onChange: set('who') }),
      h(WordsField, { name: 'What', list: 'audit-what', onChange: set('operation') }),
      h(WordsField, { name: 'Id of the issue', onChange: set('issue') }),
      h(DayField, { name: 'From', onChange: set('since') }),
      h(DayField, { name: 'Before', onChange: set('until') }),
      listOf(
        'audit-who',
        seen(({ who }) => who),
      ),
      listOf(
        'audit-what',
        seen(({ operation }) => operation),
      ),
    ),
    pages.items === null && h(Unread, { fault: pages.fault }),
    pages.items?.length === 0 && el('p', { class: 'empty' }, 'Nothing was done that fits.'),
    el(
      'ol',
      { class: 'timeline' },
      pages.items?.map((entry) => h(Row, { key: entry.id, entry, nameOf })),
    ),
    h(PageTurner, { pages, of: 'the audit log' }),
  )
}
