import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { entryMentionId } from './feed-to-sightings.ts'

type Entry = { guid: string; link: string; date: string; text: string }

const itemOf = ({ guid, link, date, text }: Entry) =>
  `<item><title>Müll</title>${guid === '' ? '' : `<guid isPermaLink="false">${guid}</guid>`}<link>${link}</link>` +
  `<pubDate>${date}</pubDate><description><![CDATA[<p>${text} &amp; <b>über</b></p>]]></description></item>`

/**
 * An RSS feed in Latin-1, compressed, that moved, knows ETags, is not quite in order, repeats an entry, and in which
 * each seventh entry has no guid.
 */
export const startLocalFeed = async (items: number): Promise<LocalPlatform & { unchanged: () => number }> => {
  const startMs = Date.now() - 700_000
  const entries = Array.from({ length: items }, (_, n): Entry => {
    const writtenMs = startMs + Math.floor((n * 600_000) / items) - (n % 5 === 2 ? 3_000 : 0)
    const guid = n % 7 === 3 ? '' : `tag:acme.com,2026:${n}`
    const link = `/post/${n}`
    const date = new Date(writtenMs).toUTCString()
    return { guid, link, date, text: `Order ${n} never came` }
  })
  let unchanged = 0

  const answer = ({ url, headers }: LocalRequest): LocalAnswer => {
    if (url.pathname === '/old.xml') return { status: 301, headers: { location: '/feed.xml' } }
    if (url.pathname !== '/feed.xml') return { status: 404, body: 'not found' }
    const shown = [...entries, entries[items - 10]!].toReversed().map(itemOf).join('\n')
    const xml =
      `<?xml version="1.0" encoding="ISO-8859-1"?>\n<rss version="2.0"><channel><title>Acme</title>` +
      `<link>${server.url}/</link>${shown}</channel></rss>`
    const etag = `"${createHash('sha256').update(xml).digest('hex')}"`
    if (headers['if-none-match'] === etag) {
      unchanged += 1
      return { status: 304, headers: { etag } }
    }
    const type = { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' }
    return { headers: { etag, ...type }, body: gzipSync(Buffer.from(xml, 'latin1')) }
  }

  const server = await startLocalServer({ answer })
  const idOf = ({ guid, link }: Entry) =>
    entryMentionId(new URL(server.url).host, guid === '' ? `${server.url}${link}` : guid)
  return {
    config: { feeds: [`${server.url}/old.xml`], everyMs: 10_000, blindAfterMs: 40_000 },
    ids: new Set(entries.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const entry = entries.at(-3)!
      entry.text = 'It came'
      return idOf(entry)
    },
    unchanged: () => unchanged,
    close: server.close,
  }
}
