import type { Severity } from './api.ts'

export type AlertNews = { brand: string; kind: string; issueId: string; label: string; severity: Severity }
type Frame =
  | { type: 'welcome' | 'heartbeat'; seq: number }
  | { type: 'alert'; seq: number; brand: string; kind: string; data: Omit<AlertNews, 'brand' | 'kind'> }
  | { type: 'gap'; seq: number; oldest: number }
  | { type: 'error' }

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/** Follows the feed with the console's session; after a drop it resumes behind the last sequence. */
export const followFeed = (on: {
  alert: (news: AlertNews) => void
  /** Something may have been missed: read everything again. */
  reload: () => void
  connected: (connected: boolean) => void
}): void => {
  let after: number | null = null
  let retryMs = FIRST_RETRY_MS
  const connect = () => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/feed`)
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ type: 'hello', ...(after === null ? {} : { after }) })),
    )
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const frame = JSON.parse(data) as Frame
      if (frame.type === 'error') return
      if (frame.type === 'gap') return on.reload()
      if (frame.type === 'welcome') {
        retryMs = FIRST_RETRY_MS
        on.connected(true)
        on.reload()
      }
      after = frame.seq
      if (frame.type === 'alert') on.alert({ ...frame.data, brand: frame.brand, kind: frame.kind })
    })
    socket.addEventListener('close', () => {
      on.connected(false)
      setTimeout(connect, retryMs)
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2)
    })
  }
  connect()
}
