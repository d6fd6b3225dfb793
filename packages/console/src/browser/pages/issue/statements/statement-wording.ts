import type { VNode } from 'preact'
import { el } from '../../../kit/elements.ts'
import type { Finding, Statement } from '../../../views/statement.ts'

let languageNames: Intl.DisplayNames | null = null
export const languageText = (code: string): string =>
  (languageNames ??= new Intl.DisplayNames('en', { type: 'language' })).of(code) ?? code

export const KIND_TEXT: Readonly<Record<Statement['kind'], string>> = {
  holding: 'Holding statement',
  update: 'Update',
  closing: 'Closing message, the thank-you',
  notice: 'Notice to people who have not met it',
  brief: 'Brief of the own front line',
}
export const STATE_MARK: Readonly<Record<Statement['state'], string>> = {
  draft: '○ Draft',
  approved: '◐ Approved',
  published: '● Published',
  withdrawn: '✕ Withdrawn',
}
export const nameOf = ({ kind, language }: Pick<Statement, 'kind' | 'language'>): string =>
  `${KIND_TEXT[kind]}, ${languageText(language)}`

/** What is wrong with a statement, each with what mends it. */
export const FindingList = ({ findings }: { findings: readonly Finding[] }): VNode =>
  findings.length === 0
    ? el('p', { class: 'quiet' }, 'Nothing keeps it from being approved.')
    : el(
        'ul',
        { class: 'findings' },
        findings.map(({ rule, blocks, message, fix }) =>
          el(
            'li',
            { key: `${rule} ${message}`, class: blocks ? 'blocks' : undefined },
            el('b', {}, blocks ? '✕ Blocks: ' : '△ Remark: '),
            `${message} ${fix}`,
          ),
        ),
      )
