import { type Fields, fieldsOf, idOf } from '../fields.ts'
import type { GraphClient, GraphPage } from './graph-client.ts'
import { graphTimeOf } from './graph-value.ts'
import type { Thread } from './threads.ts'

type RecentThreadsOptions = {
  client: GraphClient
  /** Path of the list of nodes that have comments, the newest first. */
  path: string
  query: Readonly<Record<string, string>>
  /** Field with a node's time of writing; nodes from before `sinceMs`, epoch ms, are no longer looked at. */
  writtenAt: string
  sinceMs: number
  /** What changes when something is written below a node. */
  stampOf: (node: Fields) => string
  maxPages: number
}

/** The nodes of a list that were written since, whose comments are looked for. */
export const recentThreads = async (options: RecentThreadsOptions, signal: AbortSignal): Promise<Thread[]> => {
  const { client, path, query, writtenAt, sinceMs, stampOf, maxPages } = options
  const found: Thread[] = []
  let next: string | null = null
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page: GraphPage = await client.page(path, query, next, signal)
    const nodes = page.items.map(fieldsOf).filter((node) => node !== undefined)
    const recent = nodes.filter((node) => (graphTimeOf(node[writtenAt]) ?? sinceMs) >= sinceMs)
    for (const node of recent) {
      const id = idOf(node['id'])
      if (id !== undefined) found.push({ id, stamp: stampOf(node) })
    }
    next = page.next
    if (next === null || (nodes.length > 0 && recent.length === 0)) break
  }
  return found
}
