export { createFeedHub, type FeedHub } from './feed-hub.ts'
export { feedPlugin } from './feed-plugin.ts'
export { FEED_LIMITS, type FeedAlert, type FeedAuth, type FeedLimits, type FeedPort } from './ports.ts'
