import { escapeHtml } from '@outcry/contracts'
import type { RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { CHART_NAME, chartOf } from '../render/chart-of.ts'
import { noticeFacts } from '../render/notice-facts.ts'
import { noticeSummary, placeOf, type ShownPost, shownPosts } from '../render/notice-text.ts'

const MAX_SUMMARY_CHARS = 500

/** The mail for people who read text. */
export const letterText = (notice: Notice, context: RenderContext): string =>
  [
    noticeSummary(notice, MAX_SUMMARY_CHARS),
    notice.url,
    ...chartLine(notice),
    '',
    ...noticeFacts(notice).map(({ name, value }) => `${name}: ${value}`),
    '',
    ...shownPosts(notice, context).flatMap((post) => [
      `“${post.excerpt}”`,
      `  ${placeOf(post)}${post.url === null ? '' : `, ${post.url}`}`,
      '',
    ]),
  ].join('\n')

/** The same as HTML without scripts, pictures or anything fetched. */
export const letterHtml = (notice: Notice, context: RenderContext): string => {
  const rows = noticeFacts(notice).map(
    ({ name, value }) =>
      `<tr><th align="left" valign="top" style="padding-right:12px">${name}</th><td>${escapeHtml(value)}</td></tr>`,
  )
  return [
    '<!doctype html><html><body style="font-family:sans-serif">',
    `<h2 style="font-size:18px">${escapeHtml(noticeSummary(notice, MAX_SUMMARY_CHARS))}</h2>`,
    `<p>${anchor(notice.url, 'Open in Outcry')}</p>`,
    ...chartHtml(notice),
    `<table>${rows.join('')}</table>`,
    ...shownPosts(notice, context).map(postHtml),
    '</body></html>',
  ].join('\n')
}

const chartLine = (notice: Notice): string[] => {
  const url = chartOf(notice)
  return url === null ? [] : [`${CHART_NAME}: ${url}`]
}

/** A link: most mail programs fetch no image, and one that is fetched tells who reads. */
const chartHtml = (notice: Notice): string[] => {
  const url = chartOf(notice)
  return url === null ? [] : [`<p>${anchor(url, CHART_NAME)}</p>`]
}

const postHtml = (post: ShownPost): string => {
  const { excerpt, url } = post
  const place = placeOf(post, escapeHtml)
  return `<blockquote>${escapeHtml(excerpt)}<br><small>${place}${url === null ? '' : ` ${anchor(url, 'Open post')}`}</small></blockquote>`
}

const anchor = (url: string, name: string): string => `<a href="${escapeHtml(url)}">${name}</a>`
