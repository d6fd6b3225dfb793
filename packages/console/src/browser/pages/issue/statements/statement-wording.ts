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

/** Whether this person wrote what somebody else must approve. */
export const awaitsOther = ({ state, approval, writtenBy }: Statement, me: string): boolean =>
  state === 'draft' && approval === 'other' && writtenBy === me

/** What is wrong with a statement, each with what mends it; `other` where somebody else than the reader must approve. */
export const FindingList = ({ findings, other = false }: { findings: readonly Finding[]; other?: boolean }): VNode =>
  findings.length === 0 && !other
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
        other && el('li', { key: 'other' }, 'You wrote it: somebody else must approve it.'),
      )
