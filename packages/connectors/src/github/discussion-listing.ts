import { createGuard, DAY_MS, MINUTE_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, type Fields, isoTimeOf, itemsOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { type ListingPage, newestFirst } from '../listing/newest-first.ts'
import { readItems } from '../parse-items.ts'
import type { GithubClient } from './github-client.ts'
import { readItem } from './items-of-payload.ts'

const REWIND_MS = 2 * MINUTE_MS
const MAX_PAGES = 20
/** What was written earlier is no news when somebody answers it. */
const HISTORY_MS = 7 * DAY_MS

const PERSON = 'author { __typename login ... on User { databaseId } ... on Bot { databaseId } }'
const SAID = `databaseId body url createdAt ${PERSON}`
/** Discussions by their last change, with the newest comments and replies. */
const QUERY = `query ($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 25, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title updatedAt category { name } ${SAID}
        comments(last: 30) { nodes { ${SAID} replies(last: 20) { nodes { ${SAID} } } } }
      }
    }
  }
}`

const isAnswer = createGuard(
  Type.Object({
    data: Type.Object({
      repository: Type.Object({
        discussions: Type.Object({
          pageInfo: Type.Object({ hasNextPage: Type.Boolean(), endCursor: Type.Union([Type.String(), Type.Null()]) }),
          nodes: Type.Array(Type.Unknown()),
        }),
      }),
    }),
  }),
)

export type DiscussionListingOptions = {
  repository: string
  client: GithubClient
  context: SourceContext
  firstLookBackMs: number
}

/** The discussions of a repository, which only GraphQL lists (docs.github.com/graphql). */
export const discussionListing = ({
  repository,
  client,
  context,
  firstLookBackMs,
}: DiscussionListingOptions): Listing => {
  const { clock, source, hashAuthor } = context
  const [owner, name] = repository.split('/')

  const page = async (after: string | null, signal: AbortSignal): Promise<ListingPage> => {
    const { data } = await client.graphql({ query: QUERY, variables: { owner, name, after } }, isAnswer, signal)
    const { nodes, pageInfo } = data.repository.discussions
    const read = { source, hashAuthor, observedAt: clock.now() }
    const reader = { read: readItem, what: 'discussion of GitHub' }
    const pages = nodes.map((node) => ({
      found: readItems(eventsOf(node), reader, read),
      at: isoTimeOf(fieldsOf(node)?.['updatedAt']) ?? clock.now(),
    }))
    const isRecent = (writtenAt = clock.now()): boolean => writtenAt >= clock.now() - HISTORY_MS
    return {
      items: pages.flatMap(({ found, at }) =>
        found.sightings.filter(({ mention }) => isRecent(mention.createdAt)).map((sighting) => ({ sighting, at })),
      ),
      rejects: pages.flatMap(({ found }) => found.rejects),
      next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    }
  }

  return newestFirst({
    name: `${repository} discussions`,
    clock,
    page,
    rewindMs: REWIND_MS,
    firstLookBackMs,
    maxPages: MAX_PAGES,
  })
}

/** The discussion and what is said below it, as its webhooks would tell. */
const eventsOf = (node: unknown): unknown[] => {
  const fields = fieldsOf(node) ?? {}
  const discussion = asSent(fields)
  const comments = itemsOf(fieldsOf(fields['comments'])?.['nodes']).map((comment) => fieldsOf(comment) ?? {})
  const said = comments.flatMap((comment) => [
    asSent(comment),
    ...itemsOf(fieldsOf(comment['replies'])?.['nodes']).map((reply) => ({
      ...asSent(fieldsOf(reply) ?? {}),
      parent_id: comment['databaseId'],
    })),
  ])
  return [{ discussion }, ...said.map((comment) => ({ discussion, comment }))]
}

const asSent = ({ databaseId, url, createdAt, author, ...rest }: Fields): Fields => {
  const person = fieldsOf(author)
  return {
    ...rest,
    id: databaseId,
    html_url: url,
    created_at: createdAt,
    comments: undefined,
    user: person && { id: person['databaseId'], login: person['login'], type: person['__typename'] },
  }
}
