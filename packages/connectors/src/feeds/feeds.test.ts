import { describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalFeed } from './local-feed.ts'

const connector = connectors['feeds']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'press', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: string) => connector.parse(Buffer.from(payload), context)
const mentionsOf = (payload: string) => parse(payload).sightings.map(({ mention }) => mention)
const rss = (items: string, channel = '<link>https://acme.com/news/</link>') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>N</title>${channel}${items}</channel></rss>`

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  payload: (text) =>
    Buffer.from(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Acme',
        home_page_url: 'https://acme.com',
        items: [
          {
            id: 'https://acme.com/1',
            url: 'https://acme.com/1',
            title: 'Late again',
            content_text: text,
            date_published: '2026-11-22T11:59:00Z',
            authors: [{ name: 'Ann', url: 'https://acme.com/ann' }],
            tags: ['late'],
          },
        ],
      }),
    ),
  start: startLocalFeed,
})

describe('reading feeds', () => {
  it('reads an entry of RSS 2.0 with the text of its content, its author and its address', () => {
    const item = `<item><title>It &amp;amp; hangs</title><link>../p/1</link><guid isPermaLink="false">tag:acme.com,2026:1</guid>
      <pubDate>Sun, 22 Nov 2026 11:59:00 GMT</pubDate><description>short</description><dc:creator>Ann</dc:creator><category>a</category>
      <content:encoded><![CDATA[<p>It hangs &amp; charges</p><script>alert(1)</script>]]></content:encoded><slash:comments>4</slash:comments></item>`
    const [mention] = mentionsOf(rss(item, '<link>https://acme.com/news/</link><language>en-us</language>'))
    expect(mention).toEqual({
      id: mention!.id,
      op: 'create',
      rev: mention!.rev,
      kind: 'post',
      source: 'press',
      text: 'It hangs & charges',
      title: 'It & hangs',
      url: 'https://acme.com/p/1',
      lang: 'en-us',
      author: { id: 'h(acme.com/ann)', handle: 'Ann' },
      createdAt: OBSERVED_AT - 60_000,
      observedAt: OBSERVED_AT,
      eventTime: OBSERVED_AT - 60_000,
      engagement: { replies: 4 },
      tags: ['a'],
    })
    expect(mention!.id).toMatch(/^feeds:acme\.com:[\w-]{16}$/)
  })

  it('reads RSS 0.91 and 1.0, Atom 1.0 and 0.3, JSON Feed, and single entries', () => {
    const atom =
      '<id>urn:x:1</id><title type="html">Acme &amp;lt;late&amp;gt;</title><link href="p/1"/><updated>2026-11-22T11:59:00Z</updated>'
    const documents = [
      '<rss version="0.91"><channel><item><title>Acme late</title><link>https://acme.com/1</link></item></channel></rss>',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://acme.com"/><item rdf:about="https://acme.com/1"><title>Acme late</title><dc:date>2026-11-22T11:59:00Z</dc:date></item></rdf:RDF>`,
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://acme.com/x/"><author><name>Ann</name></author><entry>${atom}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Acme <b>late</b></p></div></content></entry></feed>`,
      '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id><title>Acme late</title><issued>2026-11-22T11:59:00Z</issued></entry></feed>',
      '{"items":[{"id":7,"content_html":"<p>Acme late</p>"}]}',
      `<entry xmlns="http://www.w3.org/2005/Atom">${atom}<summary type="text">Acme late</summary></entry>`,
      '<item><title>Acme late</title></item>',
      '[{"id":"a","content_text":"Acme late"}]',
      '{"id":"a","content_text":"Acme late"}',
    ]
    for (const document of documents) {
      expect(parse(document)).toMatchObject({ sightings: [{ mention: { text: 'Acme late' } }], rejects: [] })
    }
    expect(mentionsOf(documents[2]!)[0]).toMatchObject({
      title: 'Acme <late>',
      url: 'https://acme.com/x/p/1',
      author: { handle: 'Ann' },
      createdAt: OBSERVED_AT - 60_000,
    })
  })

  it('keeps the id of an entry whose text changes, and parts entries that share a guid', () => {
    const item = (text: string, link: string, guid = 'https://acme.com/') =>
      `<item><guid>${guid}</guid><link>${link}</link><description>${text}</description></item>`
    const before = mentionsOf(rss(item('late', '/1', 'tag:1')))[0]!
    const after = mentionsOf(rss(item('later', '/1', 'tag:1')))[0]!
    expect([after.id, after.rev === before.rev]).toEqual([before.id, false])
    const twice = mentionsOf(rss(item('later', '/1', 'tag:1') + item('late', '/1', 'tag:1')))
    expect(twice.map(({ id, rev }) => [id, rev])).toEqual([before, after].map(({ id, rev }) => [id, rev]))
    expect(new Set(mentionsOf(rss(item('a', '/1') + item('b', '/2'))).map(({ id }) => id)).size).toBe(2)
    const bare = mentionsOf(rss('<item><title>a</title></item><item><title>b</title></item>'))
    expect(new Set(bare.map(({ id }) => id)).size).toBe(2)
  })

  it('keeps e-mail addresses of authors out of sight', () => {
    const authors = ['ann@acme.com (Ann)', 'ann@acme.com'].map(
      (author) => mentionsOf(rss(`<item><title>x</title><author>${author}</author></item>`))[0]?.author,
    )
    expect(authors).toEqual([{ id: 'h(acme.com/ann@acme.com)', handle: 'Ann' }, { id: 'h(acme.com/ann@acme.com)' }])
  })

  it('expands no entities of a document type', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
    const bomb = `<!DOCTYPE x [<!ENTITY l0 "lol">${levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>`
    const [mention] = mentionsOf(
      `<?xml version="1.0"?>${bomb}<rss version="2.0"><channel><item><title>a &l9; &f;</title></item></channel></rss>`,
    )
    expect(mention?.text).toBe('a &l9; &f;')
  })

  it('says what is no feed', () => {
    const details = ['<!DOCTYPE html><html><rss></rss></html>', '', '{"id":1}', '<svg/>'].map(
      (document) => parse(document).rejects[0]?.detail,
    )
    expect(details).toEqual([
      'it is a web page, no feed',
      'it is empty',
      'it is no RSS, Atom or JSON Feed',
      'it is no RSS, Atom or JSON Feed',
    ])
    expect(parse(rss('<item><link>https://acme.com/1</link></item>')).rejects).toHaveLength(1)
  })
})

describe('asking for feeds', () => {
  const start = (feeds: readonly string[], cursor: unknown = null) => {
    const recorder = createRecorder(createQuickClock(50))
    const abort = new AbortController()
    const config = { connector: 'feeds', name: 'press', feeds, everyMs: 10_000, blindAfterMs: 20_000 }
    const running = connector.create(config, { ...recorder.context('press'), cursor }).run(abort.signal)
    running.catch(() => undefined)
    return { recorder, running, stop: () => abort.abort() }
  }
  const serve = (answer: () => LocalAnswer) => startLocalServer({ answer, isFaulty: () => false })
  const dated = (n: number) =>
    `<item><guid>tag:${n}</guid><title>${n}</title><pubDate>${new Date().toUTCString()}</pubDate></item>`

  it('asks only whether something changed where nothing did', async () => {
    const platform = await startLocalFeed(50)
    const { running, stop } = start(platform.config['feeds'] as string[])
    await vi.waitFor(() => expect(platform.unchanged()).toBeGreaterThan(2), { timeout: 10_000 })
    stop()
    await running
    await platform.close()
  })

  it('passes over what was there before, dated or not, and tells when more may have been shown', async () => {
    let items = `<item><title>undated</title></item><item><title>old</title><pubDate>1 Jan 2020 00:00 GMT</pubDate></item>${dated(1)}`
    const server = await serve(() => ({ headers: { 'content-type': 'text/xml' }, body: rss(items) }))
    const { recorder, running, stop } = start([server.url])
    const texts = () => recorder.delivered.map(({ mention }) => mention.text)
    await vi.waitFor(() => expect(texts()).toEqual(['1']))
    items += '<item><title>new</title></item>'
    await vi.waitFor(() => expect(texts()).toEqual(['1', 'new']))
    expect(recorder.gaps).toEqual([])
    items = dated(2) + dated(3)
    await vi.waitFor(() => expect(recorder.gaps).toHaveLength(1))
    stop()
    await running
    await server.close()
  })

  it('is blind with the reason where a feed turns into a web page, while others are read', async () => {
    const page = await serve(() => ({
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Moved</title>',
    }))
    const feed = await serve(() => ({ body: rss(dated(1)) }))
    const alone = start([page.url])
    await vi.waitFor(() =>
      expect(alone.recorder.reports.at(-1)).toMatchObject({
        state: 'blind',
        reason: expect.stringContaining('web page'),
      }),
    )
    alone.stop()
    const both = start([`${page.url}/?token=secret`, feed.url])
    await vi.waitFor(() =>
      expect(both.recorder.reports.at(-1)).toMatchObject({
        state: 'live',
        unseen: expect.stringContaining('web page'),
      }),
    )
    both.stop()
    expect(JSON.stringify(both.recorder.reports)).not.toContain('secret')
    await Promise.all([alone.running, both.running, page.close(), feed.close()])
  })

  it('refuses a configuration whose address is none', () => {
    expect(() => start(['https://acme.com/feed', 'https://['])).toThrow(/no address in feeds\[1\]/)
  })

  it('leaves a feed alone as long as its ttl says', async () => {
    let asked = 0
    const server = await serve(() => {
      asked += 1
      return { body: rss(dated(1), '<ttl>30</ttl>') }
    })
    const { recorder, running, stop } = start([server.url])
    const looks = () => recorder.reports.filter(({ state }) => state === 'live').length
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(5))
    stop()
    await running
    expect(asked).toBe(1)
    await server.close()
  })
})
