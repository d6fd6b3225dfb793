/** The address where it is an http(s) link, else null: posts come with `javascript:` and worse. */
export const postLink = (url: string | null | undefined): string | null => {
  if (!url || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
