import { createGuard, DAY_MS, MINUTE_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Sighting, SourceContext } from '../connector.ts'
import { fieldsOf, isoTimeOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { readItems } from '../parse-items.ts'
import type { GithubClient } from './github-client.ts'
import { readItem } from './items-of-payload.ts'

const REWIND_MS = MINUTE_MS
/** Most pages of what changed in one second. */
const MAX_PAGES = 10
/** What was written earlier is no news when somebody labels or answers it. */
const HISTORY_MS = 7 * DAY_MS

/** `updatedAt`: everything that changed before was delivered, epoch ms. */
const isPosition = createGuard(Type.Object({ updatedAt: Type.Integer({ minimum: 0 }) }))

export type UpdatedListingOptions = {
  name: string
  path: string
  client: GithubClient
  context: SourceContext
  firstLookBackMs: number
}

/**
 * Issues or comments in the order of their last change. What changes meanwhile moves to the end and would shift the
 * pages: so each page is asked for as the first since the change the one before ended with.
 */
export const updatedListing = ({ name, path, client, context, firstLookBackMs }: UpdatedListingOptions): Listing => {
  const { clock, source, hashAuthor } = context
  const reader = { read: readItem, what: 'issue or comment of GitHub' }
  const firstLookTo = clock.now() - firstLookBackMs + REWIND_MS
  /** Of the first page of the last look: where nothing changed it costs nothing of the limit with a token. */
  let known: { url: string; etag: string | null } = { url: '', etag: null }

  const urlSince = (since: number): string => {
    const iso = new Date(since).toISOString().replace(/\.\d+Z$/, 'Z')
    return client.urlOf(path, { state: 'all', sort: 'updated', direction: 'asc', per_page: '100', since: iso })
  }

  return {
    name,
    look: async ({ position, deliver, gap, signal }) => {
      const startedAt = clock.now()
      let { updatedAt } = isPosition(position) ? position : { updatedAt: firstLookTo }
      // A first look that breaks off goes back as far when it is begun again, however much later.
      if (!isPosition(position)) await deliver({ sightings: [], position: { updatedAt } })
      let since = updatedAt - REWIND_MS
      const oldest = Math.min(startedAt - HISTORY_MS, since)
      let url = urlSince(since)
      const firstUrl = url
      let pages = 0
      for (;;) {
        const page = await client.page(url, url === known.url ? known.etag : null, signal)
        const found = readItems(page.items, reader, { source, hashAuthor, observedAt: clock.now() })
        const last = Math.max(since, ...page.items.map((item) => isoTimeOf(fieldsOf(item)?.['updated_at']) ?? 0))
        updatedAt = Math.max(updatedAt, Math.min(last, clock.now()))
        const sightings = found.sightings.filter((sighting) => isSince(sighting, oldest))
        if (!page.unchanged) await deliver({ sightings, rejects: found.rejects, position: { updatedAt } })
        if (url === firstUrl) known = { url, etag: page.etag }
        if (page.next === null) return { until: startedAt, again: false }
        pages = last > since ? 0 : pages + 1
        url = last > since ? urlSince(last) : page.next
        since = last
        if (pages > MAX_PAGES) {
          gap('more changed in one second than is read at once')
          return { until: startedAt, again: false }
        }
      }
    },
  }
}

const isSince = ({ mention: { createdAt } }: Sighting, oldest: number): boolean => (createdAt ?? oldest) >= oldest
