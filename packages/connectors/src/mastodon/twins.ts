import { originOf, type Status } from './status-to-sighting.ts'

const MAX_POSTS = 20_000

/**
 * Whether a post counts where it is seen. Several instances show the same post, each under a number of its own: it
 * counts on the one it was written on, where that is read too, else on the one that showed it first.
 */
export const createTwins = (instances: readonly string[]): ((status: Status, instance: string) => boolean) => {
  const firstSeenOn = new Map<string, string>()
  return (status, instance) => {
    const { uri } = status
    if (instances.length < 2 || uri == null) return true
    const origin = originOf(status)
    if (origin !== undefined && instances.includes(origin)) return origin === instance
    const first = firstSeenOn.get(uri)
    if (first !== undefined) return first === instance
    firstSeenOn.set(uri, instance)
    if (firstSeenOn.size > MAX_POSTS) firstSeenOn.delete(firstSeenOn.keys().next().value!)
    return true
  }
}
