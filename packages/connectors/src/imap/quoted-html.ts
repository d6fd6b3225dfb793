/** Where clients put what they answer to: everything from there on is not the writer's. */
const QUOTED_FROM =
  /<(?:div|hr)\b[^<>]*\bid=["']?(?:x_)?(?:appendonsend|divRplyFwdMsg|mail-editor-reference-message-container)\b/i
const QUOTE_TAG = /<(\/?)blockquote\b[^<>]*>/gi
const HEAD = /<head\b[^<>]*>[^]*?(?:<\/head\s*>|$)/i
/** Stands for what was quoted, as a line that is quoted in plain text. */
const QUOTED = '<div>&gt;</div>'

/** HTML of a mail without what it quotes: the contents of blockquotes, and what Outlook appends. */
export const withoutQuotedHtml = (html: string): string => {
  const body = html.replace(HEAD, '')
  const end = QUOTED_FROM.exec(body)
  const own = end === null ? body : body.slice(0, end.index)
  let depth = 0
  let kept = ''
  let from = 0
  for (const tag of own.matchAll(QUOTE_TAG)) {
    if (depth === 0) kept += own.slice(from, tag.index)
    if (depth === 0 && tag[1] !== '/') kept += QUOTED
    depth = tag[1] === '/' ? Math.max(0, depth - 1) : depth + 1
    from = tag.index + tag[0].length
  }
  return depth === 0 ? kept + own.slice(from) : kept
}
