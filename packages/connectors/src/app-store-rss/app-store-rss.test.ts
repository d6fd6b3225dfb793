import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startLocalAppStore } from './local-app-store.ts'

const connector = connectors['app-store-rss']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'store', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const read = (text: string) => connector.parse(Buffer.from(text), context)
const parse = (payload: unknown) => read(JSON.stringify(payload))

const entry = (change: object = {}) => ({
  author: {
    uri: { label: 'https://itunes.apple.com/jp/reviews/id700000001' },
    name: { label: 'ann' },
    label: '',
  },
  updated: { label: '2026-11-22T04:00:00-07:00' },
  'im:rating': { label: '2' },
  'im:version': { label: '3.4.3' },
  id: { label: '6290000001' },
  title: { label: 'Not any more' },
  content: { label: 'Logs me out & loses my cart', attributes: { type: 'text' } },
  link: {
    attributes: { rel: 'related', href: 'https://itunes.apple.com/jp/review?id=1404000000&type=Purple%20Software' },
  },
  'im:voteSum': { label: '4' },
  'im:contentType': { attributes: { term: 'Application', label: 'Application' } },
  'im:voteCount': { label: '5' },
  ...change,
})
const app = {
  'im:name': { label: 'Acme' },
  rights: { label: '© Acme' },
  'im:price': { label: 'Get', attributes: { amount: '0.00000', currency: 'USD' } },
  id: { label: 'https://apps.apple.com/us/app/acme/id1404000000', attributes: { 'im:id': '1404000000' } },
  title: { label: 'Acme - Acme Inc.' },
}
const feed = (entries?: unknown) => ({
  feed: { author: { name: { label: 'iTunes Store' } }, ...(entries === undefined ? {} : { entry: entries }) },
})
const REVIEW = {
  id: 'app-store-rss:review:6290000001',
  op: 'create',
  rev: String(Date.UTC(2026, 10, 22, 11)),
  kind: 'review',
  source: 'store',
  text: 'Logs me out & loses my cart',
  title: 'Not any more',
  url: 'https://itunes.apple.com/jp/review?id=1404000000&type=Purple%20Software',
  author: { id: 'h(700000001)', handle: 'ann' },
  rating: { value: 2, min: 1, max: 5 },
  createdAt: Date.UTC(2026, 10, 22, 11),
  observedAt: OBSERVED_AT,
  eventTime: Date.UTC(2026, 10, 22, 11),
  engagement: { votes: 4 },
  tags: ['jp', '3.4.3'],
}

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  payload: (text) => Buffer.from(JSON.stringify(feed([entry({ content: { label: text } })]))),
  start: startLocalAppStore,
})

describe('reading feeds of customer reviews', () => {
  it('reads a review with its stars, votes, version and storefront', () => {
    expect(parse(feed([entry()]))).toEqual({ sightings: [{ mention: REVIEW }], rejects: [] })
  })

  it('passes over the app itself, and takes one entry without an array, or none', () => {
    expect(parse(feed([app, entry()])).sightings).toHaveLength(1)
    expect(parse(feed(entry())).sightings).toHaveLength(1)
    expect(parse(feed(app))).toEqual({ sightings: [], rejects: [] })
    expect(parse(feed())).toEqual({ sightings: [], rejects: [] })
    expect(parse([entry()]).sightings).toHaveLength(1)
  })

  it('reads the Atom form into the same mention', () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE feed [<!ENTITY x "yyyy">]>
<feed xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom">
<title>Customer Reviews</title>
<entry><im:name>Acme</im:name><id im:id="1404000000">https://apps.apple.com/us/app/acme/id1404000000</id></entry>
<entry><updated>2026-11-22T04:00:00-07:00</updated><id>6290000001</id><title>Not any more</title>
<content type="html"><![CDATA[<b>Not any more</b><br/>Logs me out]]></content>
<content type="text">Logs me out &amp; loses my cart</content>
<im:voteSum>4</im:voteSum><im:voteCount>5</im:voteCount><im:rating>2</im:rating><im:version>3.4.3</im:version>
<author><name>ann</name><uri>https://itunes.apple.com/jp/reviews/id700000001</uri></author>
<link rel="related" href="https://itunes.apple.com/jp/review?id=1404000000&amp;type=Purple%20Software"/></entry></feed>`
    expect(read(xml)).toEqual({ sightings: [{ mention: REVIEW }], rejects: [] })
    expect(read(`\uFEFF\n${xml}`).sightings).toHaveLength(1)
  })

  it('reads the HTML of an entry that has no plain text, and plain labels', () => {
    const html = entry({ content: { label: '<b>Down</b><br/>again', attributes: { type: 'html' } } })
    const plain = entry({ id: 6_290_000_002, title: 'Slow', content: 'Very slow', 'im:rating': 5 })
    expect(parse([html, plain]).sightings.map(({ mention }) => mention)).toMatchObject([
      { text: 'Down\nagain' },
      { id: 'app-store-rss:review:6290000002', title: 'Slow', text: 'Very slow', rating: { value: 5 } },
    ])
  })

  it('knows an edit of a review without a date by its content', () => {
    const revs = ['Down', 'Down', 'Up'].map((label) => parse(entry({ updated: undefined, content: { label } })))
    const [first, same, edited] = revs.map(({ sightings }) => sightings[0]!.mention.rev)
    expect(same).toBe(first)
    expect(edited).not.toBe(first)
  })

  it.each([
    ['a page of HTML', '<!DOCTYPE html><html><head><title>503</title></head><body>Down</body></html>'],
    ['half a feed', '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>'],
    ['markup that is nested without end', '<a>'.repeat(50_000)],
    ['a feed of something else', '<feed><entry><id>1</id><title>A post</title></entry></feed>'],
  ])('refuses %s with a reason', (_, text) => {
    const { sightings, rejects } = read(text)
    expect(sightings).toEqual([])
    expect(rejects).toMatchObject([{ reason: 'unknown_shape' }])
  })
})
