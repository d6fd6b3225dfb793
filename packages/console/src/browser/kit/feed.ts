import { openFeed } from '@outcry/feed-client'
import { harmless } from './harmless.ts'
import type { Severity } from '../views/issue.ts'

export type AlertNews = { brand: string; issueId: string; kind: string; label: string; severity: Severity }

/** Follows the feed with the console's session, over drops; ends with an error where it is refused. */
export const followFeed = async (on: {
  alert: (news: AlertNews) => void
  /** Something may have been missed: read everything again. */
  reload: () => void
  connected: (connected: boolean) => void
}): Promise<void> => {
  const feed = openFeed({
    url: location.origin,
    onState: (state) => {
      on.connected(state === 'live')
      if (state === 'live') on.reload()
    },
  })
  for await (const event of feed) {
    if (event.type === 'gap') on.reload()
    else on.alert({ ...event.data, label: harmless(event.data.label), brand: event.brand, kind: event.kind })
  }
}
