import { HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { fieldsOf } from '../fields.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { parseItems } from '../parse-items.ts'
import { activeQuestions } from './active-questions.ts'
import { itemReader } from './post-to-sighting.ts'
import { recheckPosts } from './recheck-posts.ts'
import { createStackExchangeClient } from './stack-exchange-client.ts'
import { StackExchangeConfig } from './stack-exchange-config.ts'

const FIRST_LOOK_BACK_MS = HOUR_MS

/** Questions, answers and comments of the sites of Stack Exchange by their API (api.stackexchange.com/docs). */
export const stackExchange: Connector<typeof StackExchangeConfig> = {
  name: 'stack-exchange',
  configSchema: StackExchangeConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'CC BY-SA: whoever shows a text names author and link. 300 requests a day, 10,000 with a key.',
  },
  create: (config, context) => createStackExchangeSource(config, context),
  parse: (bytes, context) =>
    parseItems(bytes, { read: itemReader(), what: 'question, answer or comment', unwrap: itemsOfPage }, context),
}

const createStackExchangeSource = (config: StackExchangeConfig, context: SourceContext): Source => {
  const { site, tags, searches } = config
  if (tags.length + searches.length === 0)
    throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${context.source} names neither tags nor searches.`, {
      fix: 'Give tags, searches or both.',
    })
  const client = createStackExchangeClient(config, context)
  const recheck = recheckPosts(client, site, context)
  const listingOf = (name: string, query: Readonly<Record<string, string>>) =>
    recheck.following(activeQuestions({ name, site, query, client, context, firstLookBackMs: FIRST_LOOK_BACK_MS }))
  return createListingSource(context, {
    listings: [
      ...tags.map((tagged) => listingOf(`tag ${tagged}`, { tagged })),
      ...searches.map((q) => listingOf(`search ${q.slice(0, 90)}`, { q })),
      recheck.listing,
    ],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? stackExchange.defaults.blindAfterMs,
  })
}

/** The items of a page; before version 2 they were named for what they are. */
const itemsOfPage = (value: unknown): readonly unknown[] => {
  const page = fieldsOf(value)
  const isItem = ['question_id', 'answer_id', 'post_id', 'comment_id'].some((name) => page?.[name] !== undefined)
  const items = ['items', 'questions', 'answers', 'comments'].map((name) => page?.[name]).find(Array.isArray)
  return isItem || items === undefined ? [value] : items
}
