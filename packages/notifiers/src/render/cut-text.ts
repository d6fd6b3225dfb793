const ELLIPSIS = '…'

/** At most `max` UTF-16 units; cut at a word where one ends near, never inside a character, and marked as cut. */
export const cutText = (text: string, max: number): string => {
  if (text.length <= max) return text
  if (max < 1) return ''
  let end = max - ELLIPSIS.length
  const unit = text.charCodeAt(end - 1)
  if (unit >= 0xd800 && unit <= 0xdbff) end -= 1
  const space = text.lastIndexOf(' ', end)
  if (space > end * 0.8) end = space
  return text.slice(0, end).trimEnd() + ELLIPSIS
}
