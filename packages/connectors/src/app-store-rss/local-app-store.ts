import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, startLocalServer } from '../compliance/local-server.ts'

const APP = '310633997'
const COUNTRIES = ['us', 'de']
const PER_PAGE = 50
const MAX_PAGES = 10
const FEED = /^\/([a-z]{2})\/rss\/customerreviews(?:\/page=(\d+))?\/id=(\d+)\/sortby=mostrecent\/(json|xml)$/

type Review = { id: string; country: string; atMs: number; text: string }

/** As the stores write times: without milliseconds, in their own zone. */
const written = (atMs: number): string => `${new Date(atMs - 7 * 3_600_000).toISOString().slice(0, 19)}-07:00`
const authorOf = ({ id, country }: Review) => ({
  name: `user ${id.slice(-3)}`,
  uri: `https://itunes.apple.com/${country}/reviews/id9${id.slice(-3)}`,
})

const inJson = (review: Review) => ({
  author: { uri: { label: authorOf(review).uri }, name: { label: authorOf(review).name }, label: '' },
  updated: { label: written(review.atMs) },
  'im:rating': { label: '1' },
  'im:version': { label: '4.2.0' },
  id: { label: review.id },
  title: { label: 'Broken' },
  content: { label: review.text, attributes: { type: 'text' } },
  link: { attributes: { rel: 'related', href: `https://itunes.apple.com/${review.country}/review?id=${APP}` } },
  'im:voteSum': { label: '2' },
  'im:contentType': { attributes: { term: 'Application', label: 'Application' } },
  'im:voteCount': { label: '3' },
})

const inXml = (review: Review) => `<entry>
  <updated>${written(review.atMs)}</updated>
  <id>${review.id}</id>
  <title>Broken</title>
  <content type="text">${review.text.replaceAll('&', '&amp;')}</content>
  <im:contentType term="Application" label="Application"/>
  <im:voteSum>2</im:voteSum><im:voteCount>3</im:voteCount>
  <im:rating>1</im:rating><im:version>4.2.0</im:version>
  <author><name>${authorOf(review).name}</name><uri>${authorOf(review).uri}</uri></author>
  <link rel="related" href="https://itunes.apple.com/${review.country}/review?id=${APP}"/>
  <content type="html">&lt;table&gt;&lt;tr&gt;&lt;td&gt;${review.text.replaceAll('&', '&amp;amp;')}&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</content>
</entry>`

/**
 * The feeds of one app in two storefronts: the newest 500 reviews of each, 50 a page, every seventh a second out of order,
 * pages that are empty in JSON and whole in Atom now and then, a first page that one storefront shows only without its
 * number, page 11 refused.
 */
export const startLocalAppStore = async (items: number): Promise<LocalPlatform> => {
  const startMs = Math.floor(Date.now() / 1_000) * 1_000 - 700_000
  const reviews = Array.from({ length: items }, (_, n): Review => ({
    id: String(12_000_000_000 + n),
    country: COUNTRIES[n % 2]!,
    atMs: startMs + Math.floor((n * 600) / items) * 1_000 - (n % 7 === 3 ? 1_000 : 0),
    text: `Order ${n} never came & no refund`,
  }))
  let asked = 0
  const answer = ({ url }: { url: URL }): LocalAnswer => {
    const [, country, numbered, app, form] = FEED.exec(url.pathname) ?? []
    const page = numbered ?? '1'
    if (app !== APP || Number(page) > MAX_PAGES)
      return { status: 400, body: 'CustomerReviews RSS page depth is limited' }
    asked += 1
    const shown = reviews.filter((each) => each.country === country).toReversed()
    const isHidden = country === 'de' && numbered === '1'
    const on = isHidden ? [] : shown.slice((Number(page) - 1) * PER_PAGE, Number(page) * PER_PAGE)
    if (form === 'xml')
      return {
        headers: { 'content-type': 'text/xml' },
        body: `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://mzstoreservices.apple.com/${country}</id><title>iTunes Store: Customer Reviews</title>
${on.map(inXml).join('')}</feed>`,
      }
    const entry = asked % 5 === 3 ? undefined : on.length === 1 ? inJson(on[0]!) : on.map(inJson)
    return { body: { feed: { author: { name: { label: 'iTunes Store' } }, ...(entry && { entry }) } } }
  }
  const server = await startLocalServer({ answer, throttled: { status: 403, body: 'Forbidden' } })
  const idOf = ({ id }: Review) => `app-store-rss:review:${id}`
  return {
    config: {
      apps: [APP],
      countries: COUNTRIES,
      everyMs: 10_000,
      blindAfterMs: 40_000,
      endpoint: server.url,
    },
    ids: new Set(reviews.map(idOf)),
    goDark: server.goDark,
    refuse: server.refuse,
    edit: () => {
      const review = reviews.at(-3)!
      review.text = 'Edit: it came'
      review.atMs = Math.floor(Date.now() / 1_000) * 1_000
      return idOf(review)
    },
    close: server.close,
  }
}
