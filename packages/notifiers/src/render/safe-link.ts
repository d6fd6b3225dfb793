/** A link people may follow: http or https without credentials; null for anything else. */
export const safeLink = (url: string | undefined, maxLength = 2_048): string | null => {
  if (url === undefined || url.length > maxLength || !URL.canParse(url)) return null
  const parsed = new URL(url)
  const web = parsed.protocol === 'https:' || parsed.protocol === 'http:'
  return web && parsed.username === '' && parsed.password === '' && parsed.href.length <= maxLength ? parsed.href : null
}
