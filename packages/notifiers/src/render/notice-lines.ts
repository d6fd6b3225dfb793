import type { RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { escapeMarkdown } from './escape-text.ts'
import { noticeFacts } from './notice-facts.ts'
import { shownPosts } from './notice-text.ts'

/** Facts and posts of a notice, one a line. */
export type NoticeLines = { facts: string[]; posts: string[] }

/** For tools that show text as it is. */
export const plainLines = (notice: Notice, context: RenderContext): NoticeLines => ({
  facts: noticeFacts(notice).map(({ name, value }) => `${name}: ${value}`),
  posts: shownPosts(notice, context).map(({ excerpt, source, url }) => `“${excerpt}” ${source} ${url ?? ''}`),
})

/** List items for tools that read Markdown: text from the world is escaped, an address in angle brackets is a link and nothing else. */
export const markdownLines = (notice: Notice, context: RenderContext): NoticeLines => ({
  facts: noticeFacts(notice).map(({ name, value }) => `- ${name}: ${escapeMarkdown(value)}`),
  posts: shownPosts(notice, context).map(
    ({ excerpt, source, url }) =>
      `- “${escapeMarkdown(excerpt)}” ${escapeMarkdown(source)}${url === null ? '' : ` <${url}>`}`,
  ),
})
