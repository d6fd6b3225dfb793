import type { ParseContext, ParseResult, Reject, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { decodeEntities, htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import { absolute, type FeedEntry } from './feed-entry.ts'
import type { Feed } from './read-feed.ts'

/** The entries of a feed in the order in which they were written, as far as it tells. `address`: where it was read. */
export const feedToSightings = (feed: Feed, address: string | undefined, context: ParseContext): ParseResult => {
  const page = feed.link === undefined ? address : (absolute(feed.link, address) ?? address)
  const scope = hostOf(page) ?? hostOf(address) ?? context.source
  const misused = misusedGuids(feed.entries)
  const sightings: Sighting[] = []
  const rejects: Reject[] = []
  // Feeds show the newest first.
  for (const entry of feed.entries.toReversed()) {
    const link = entry.link === undefined ? undefined : absolute(entry.link.trim(), absoluteBase(entry, page))
    const key = keyOf(entry, link, misused)
    const sighting = sightingOf({ ...entry, link }, { scope, key, lang: feed.lang }, context)
    if (sighting !== undefined) sightings.push(sighting)
    else
      rejects.push({
        reason: 'unknown_shape',
        detail: 'is an entry without text',
        bytes: Buffer.from(JSON.stringify(entry)),
      })
  }
  return { sightings: sightings.toSorted((a, b) => a.mention.eventTime - b.mention.eventTime), rejects }
}

/** Ids of entries may be long and hold anything: a hash stands for them. */
export const entryMentionId = (scope: string, key: string): string => `feeds:${scope}:${contentRevision(key)}`

const sightingOf = (
  entry: FeedEntry,
  { scope, key, lang }: { scope: string; key: string; lang: string | undefined },
  context: ParseContext,
): Sighting | undefined => {
  const body = entry.body ?? ''
  const text = entry.isPlain ? body.trim() : htmlToText(body)
  const title = entry.isPlain ? decodeEntities(entry.title ?? '') : htmlToText(entry.title ?? '')
  if (text === '' && title === '') return undefined
  const { author } = entry
  return makeSighting(
    {
      id: entryMentionId(scope, key),
      kind: 'post',
      text: text === '' ? title : text,
      title: title === '' ? undefined : title,
      author: author === undefined ? undefined : { id: `${scope}/${author.id}`, handle: author.name },
      url: entry.link,
      lang: entry.lang ?? lang,
      createdAt: entry.writtenAt,
      engagement: { replies: entry.replies },
      tags: entry.tags,
    },
    context,
  )
}

/** Some feeds give all entries one id. */
const misusedGuids = (entries: readonly FeedEntry[]): ReadonlySet<string> => {
  const links = new Map<string, string | undefined>()
  const misused = new Set<string>()
  for (const { guid, link } of entries) {
    if (guid === undefined) continue
    if (links.has(guid) && links.get(guid) !== link) misused.add(guid)
    links.set(guid, link)
  }
  return misused
}

/** What names an entry for ever: its id where that is its own, else its address, else what it says. */
const keyOf = (
  { guid, title, body, writtenAt }: FeedEntry,
  link: string | undefined,
  misused: ReadonlySet<string>,
): string => {
  const isGlobal = guid !== undefined && guid.includes(':') && !misused.has(guid)
  if (isGlobal) return guid
  const named = [guid, link].filter((part) => part !== undefined)
  return named.length > 0 ? named.join(' ') : JSON.stringify([title, writtenAt ?? body])
}

const absoluteBase = ({ base }: FeedEntry, page: string | undefined): string | undefined =>
  base === undefined ? page : (absolute(base, page) ?? page)

const hostOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).host || undefined : undefined
