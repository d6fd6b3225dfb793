import { appStoreConnect } from './app-store-connect/app-store-connect.ts'
import { appStoreRss } from './app-store-rss/app-store-rss.ts'
import { blueskyJetstream } from './bluesky-jetstream/bluesky-jetstream.ts'
import type { Connector } from './connector.ts'
import { discord } from './discord/discord.ts'
import { discourse } from './discourse/discourse.ts'
import { facebook } from './facebook/facebook.ts'
import { feeds } from './feeds/feeds.ts'
import { file } from './file/file.ts'
import { freshdesk } from './freshdesk/freshdesk.ts'
import { github } from './github/github.ts'
import { googleBusiness } from './google-business/google-business.ts'
import { hackerNews } from './hackernews/hackernews.ts'
import { imap } from './imap/imap.ts'
import { instagram } from './instagram/instagram.ts'
import { intercom } from './intercom/intercom.ts'
import { kafka } from './kafka/kafka.ts'
import { mastodon } from './mastodon/mastodon.ts'
import { playReviews } from './play-reviews/play-reviews.ts'
import { push } from './push/push.ts'
import { reddit } from './reddit/reddit.ts'
import { stackExchange } from './stack-exchange/stack-exchange.ts'
import { telegram } from './telegram/telegram.ts'
import { threads } from './threads/threads.ts'
import { trustpilot } from './trustpilot/trustpilot.ts'
import { xV2 } from './x-v2/x-v2.ts'
import { youtube } from './youtube/youtube.ts'
import { zendesk } from './zendesk/zendesk.ts'

/** In the order in which lists show them. */
const all = [
  // What others send or have.
  push,
  file,
  kafka,
  // Social networks.
  blueskyJetstream,
  mastodon,
  xV2,
  reddit,
  threads,
  facebook,
  instagram,
  youtube,
  // Forums and developers.
  hackerNews,
  discourse,
  stackExchange,
  github,
  feeds,
  // Reviews.
  appStoreRss,
  appStoreConnect,
  playReviews,
  trustpilot,
  googleBusiness,
  // Help desks.
  zendesk,
  intercom,
  freshdesk,
  // Chats and mail.
  telegram,
  discord,
  imap,
] as const

/**
 * Every connector by the name it has in `outcry.yaml`. docs/CONNECTORS.md says how to add one: a folder beside the others,
 * begun by `npm run new-connector`, and a line here.
 */
export const connectors: Readonly<Record<string, Connector>> = Object.fromEntries(
  all.map((connector) => [connector.name, connector as unknown as Connector]),
)
