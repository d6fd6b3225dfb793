import { seededDraws, templateBrands } from '@outcry/testkit/made-texts'

const POOL = 4_000
const AUTHORS = 200_000
const REPLY_SHARE = 0.35
const LINK_SHARE = 0.2
const DELETE_SHARE = 0.06
const IDENTITY_SHARE = 0.01

/** Events of Jetstream v1 as text, and whether one names a brand. */
export type PostEvents = { next(timeUs: number): { text: string; names: boolean } }

/**
 * A firehose in made words: posts in eight languages, replies, links, deletions, and events that come whatever the filter.
 * One post in `1 / share` names one of `brands`.
 */
export const createPostEvents = ({
  brands,
  share,
  seed,
}: {
  brands: readonly string[]
  share: number
  seed: number
}): PostEvents => {
  const draws = seededDraws(seed)
  const chance = () => draws.uniform()
  const pools = templateBrands(draws).map(({ brand, pool }) => ({ lang: brand.slice('made-'.length), pool }))
  const bodies = Array.from({ length: POOL }, () => {
    const { lang, pool } = draws.pick(pools)
    return { lang, text: pool.take(draws.pick(pool.issues)) }
  })
  let count = 0

  const key = (number: number) => number.toString(32).padStart(11, '2')
  const did = () => `did:plc:author${String(draws.below(AUTHORS)).padStart(18, 'a')}`

  return {
    next: (timeUs) => {
      count += 1
      const head = `{"did":"${did()}","time_us":${timeUs},`
      const kind = chance()
      if (kind < IDENTITY_SHARE)
        return {
          text: `${head}"kind":"identity","identity":{"seq":${count},"handle":"somebody.example"}}`,
          names: false,
        }
      const commit = `${head}"kind":"commit","commit":{"rev":"3l${key(count)}","operation":`
      const place = `"collection":"app.bsky.feed.post","rkey":"3l${key(count)}"`
      if (kind < IDENTITY_SHARE + DELETE_SHARE) return { text: `${commit}"delete",${place}}}`, names: false }
      const names = chance() < share
      const { lang, text } = draws.pick(bodies)
      const record = {
        $type: 'app.bsky.feed.post',
        createdAt: new Date(Math.floor(timeUs / 1_000)).toISOString(),
        ...(chance() < LINK_SHARE ? LINK : {}),
        langs: [lang],
        ...(chance() < REPLY_SHARE ? replyTo(did(), key(draws.below(count))) : {}),
        text: names ? `${text} ${draws.pick(brands)} ${count}` : `${text} ${count}`,
      }
      const cid = `"cid":"bafyrei${key(count)}yjq5m2k3xw4v6n7p2r4s6t7u2a3b4c5d6e7f2g3h4"`
      return { text: `${commit}"create",${place},"record":${JSON.stringify(record)},${cid}}}`, names }
    },
  }
}

const LINK = {
  embed: {
    $type: 'app.bsky.embed.external',
    external: {
      description: 'Orders, refunds and what became of them',
      thumb: { $type: 'blob', mimeType: 'image/jpeg', ref: { $link: 'bafkrei' }, size: 123_456 },
      title: 'An article',
      uri: 'https://news.example/articles/orders-and-refunds',
    },
  },
  facets: [
    {
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://news.example/articles/orders-and-refunds' }],
      index: { byteEnd: 24, byteStart: 0 },
    },
  ],
}

const replyTo = (did: string, rkey: string) => {
  const post = { cid: 'bafyreih', uri: `at://${did}/app.bsky.feed.post/3l${rkey}` }
  return { reply: { parent: post, root: post } }
}
