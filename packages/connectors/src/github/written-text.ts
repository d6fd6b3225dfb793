/**
 * What a person wrote in Markdown: without the hints that templates of issues hide in comments, and without lines quoted
 * of others unless there is nothing else.
 */
export const writtenText = (markdown: string): string => {
  const visible = markdown.replaceAll(/<!--[^]*?(?:-->|$)/g, '').trim()
  const own = visible
    .split('\n')
    .filter((line) => !/^ {0,3}>/.test(line))
    .join('\n')
    .trim()
  return own === '' ? visible : own
}
