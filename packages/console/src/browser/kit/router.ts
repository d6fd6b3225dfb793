import { createStore, useStore } from './store.ts'

/** What the address names: `#/issues/a%2Fb` is `['issues', 'a/b']`, anything without `#/` the first page. */
const routeOf = (hash: string): string[] => {
  if (!hash.startsWith('#/')) return []
  return hash.slice(2).split('/').filter(Boolean).map(decoded)
}
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const route = createStore(routeOf(location.hash))
window.addEventListener('hashchange', () => route.set(routeOf(location.hash)))

/** What the address names at this moment; who goes elsewhere is known a moment before the page is drawn. */
export const routeNow = (): readonly string[] => routeOf(location.hash)
export const useRoute = (): readonly string[] => useStore(route)
export const issueLink = (id: string): string => `#/issues/${encodeURIComponent(id)}`
