const ASIDE = /<(\/?)aside\b([^<>]*)>/gi

/** The HTML of a post without what it quotes of others and without previews of links: `aside` in Discourse's markup. */
export const withoutQuotes = (cooked: string): string => {
  let own = ''
  let from = 0
  let depth = 0
  for (const { 0: tag, 1: slash, index } of cooked.matchAll(ASIDE)) {
    if (depth === 0) own += cooked.slice(from, index)
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1))
    from = index + tag.length
  }
  return depth === 0 ? own + cooked.slice(from) : own
}
