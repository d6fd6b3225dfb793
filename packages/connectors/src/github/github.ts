import { HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { parseItems } from '../parse-items.ts'
import { discussionListing } from './discussion-listing.ts'
import { createGithubClient } from './github-client.ts'
import { GithubConfig } from './github-config.ts'
import { githubWebhook } from './github-webhook.ts'
import { itemsOfPayload, readItem } from './items-of-payload.ts'
import { updatedListing } from './updated-listing.ts'

const FIRST_LOOK_BACK_MS = 2 * HOUR_MS
/** Of the 60 requests an hour of an address, some are left for what is tried again. */
const REQUESTS_AN_HOUR = 48

/** Issues and comments of GitHub by its APIs, and discussions (docs.github.com). */
export const github: Connector<typeof GithubConfig> = {
  name: 'github',
  configSchema: GithubConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Acceptable use: public texts, not to sell personal data or to send spam.',
  },
  create: (config, context) => {
    if (config.discussions && config.token === undefined)
      throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${context.source} reads discussions without a token.`, {
        fix: 'Give a token, or take discussions by webhook only.',
      })
    const client = createGithubClient(config, context)
    const issues = config.repositories.flatMap((repository) =>
      [
        { name: `${repository} issues`, path: `/repos/${repository}/issues` },
        { name: `${repository} comments`, path: `/repos/${repository}/issues/comments` },
      ].map((each) => updatedListing({ ...each, client, context, firstLookBackMs: FIRST_LOOK_BACK_MS })),
    )
    const discussions = (config.discussions ? config.repositories : []).map((repository) =>
      discussionListing({ repository, client, context, firstLookBackMs: FIRST_LOOK_BACK_MS }),
    )
    const listings = [...issues, ...discussions]
    return createListingSource(context, {
      listings,
      everyMs: config.everyMs ?? everyMsWith(config, listings.length),
      blindAfterMs: config.blindAfterMs ?? github.defaults.blindAfterMs,
    })
  },
  parse: (bytes, context) =>
    parseItems(
      bytes,
      { read: readItem, what: 'issue, discussion or comment of GitHub', unwrap: itemsOfPayload },
      context,
    ),
  webhook: githubWebhook,
}

const everyMsWith = ({ token }: GithubConfig, requests: number): number =>
  token === undefined ? Math.ceil((requests * HOUR_MS) / REQUESTS_AN_HOUR) : MINUTE_MS
