import type { Notice, NoticeMedium } from '@outcry/contracts'
import { checkStatement } from './check-statement.ts'
import { filled, type FillRequest, valuesOf } from './fill-template.ts'
import { noticeText } from './phrases/notices.ts'
import { RUMOUR_OPENINGS } from './phrases/templates.ts'
import { longest } from './queue-name.ts'
import { renderStatement } from './render-statement.ts'

const MEDIA: readonly NoticeMedium[] = ['banner', 'newsletter', 'chat', 'status']
/** What is read in passing, on one line. */
const ONE_LINE: ReadonlySet<NoticeMedium> = new Set(['banner', 'chat'])
/** Characters. */
const LONGEST: Readonly<Record<NoticeMedium, number>> = { banner: 120, newsletter: 600, chat: 300, status: 700 }
const LONGEST_DEPARTMENT = 40

/** `labelLanguage`: that of most posts, ISO 639; null where it is not known. */
export type NoticeRequest = FillRequest & { labelLanguage: string | null; nowMs: number; drill: boolean }

/**
 * What to tell people who have not met the problem yet, for each medium, checked as any statement. The playbook's own
 * template of a notice is the newsletter. Where most posts tell hearsay, nothing is confirmed.
 */
export const draftNotices = (request: NoticeRequest): Notice[] => MEDIA.map((medium) => noticeOf(medium, request))

const noticeOf = (medium: NoticeMedium, request: NoticeRequest): Notice => {
  const { language, facts, known, playbook, timeZone, labelLanguage, nowMs, drill } = request
  const values = valuesOf(request, medium === 'banner' ? 'short' : 'whole')
  const own = medium === 'newsletter' ? playbook?.templates['notice']?.[language] : undefined
  const [opening, ...rest] = noticeText(language, medium).split('\n')
  const template = [known.isRumour ? RUMOUR_OPENINGS[language] : opening, ...rest].join('\n')
  const lines = upper(filled(own ?? template, values))
  const text = ONE_LINE.has(medium) ? lines.replaceAll('\n', ' ') : lines
  const what = values.get('what') ?? known.label
  const subject = medium === 'newsletter' ? `${known.brandName}: ${what}` : upper(what)
  const rendered = renderStatement({ text, subject, drill })
  const told = { facts, text, playbook, label: known.label, labelLanguage, timeZone, nowMs }
  return {
    medium,
    title: ONE_LINE.has(medium) ? null : rendered.email.subject,
    text: rendered.text,
    findings: checkStatement({ ...told, kind: 'notice', language, longest: LONGEST[medium] }),
  }
}

/** The name of a department of the live chat for just this: plain words, short enough for a button. That of a drill says so. */
export const departmentName = (what: string, { drill }: { drill: boolean }): string => {
  const words = what.normalize('NFC').match(/[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’]{0,38}[\p{L}\p{M}\p{N}])?/gu) ?? []
  return upper(longest(drill ? ['DRILL', ...words] : words, ' ', LONGEST_DEPARTMENT))
}

const upper = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
