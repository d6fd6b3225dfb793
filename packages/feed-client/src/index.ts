export { FeedRefused } from './feed-refused.ts'
export type { FeedSocket, FeedSocketConstructor } from './feed-connection.ts'
export { openFeed, type Feed, type FeedEvent, type FeedOptions, type FeedState } from './open-feed.ts'
