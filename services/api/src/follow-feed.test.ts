import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFeed, type FeedEvent, type FeedOptions } from '@outcry/feed-client'
import { openBalancer } from '../test/balancer.ts'
import { alertOf, issueOf, storeAlert } from '../test/burning-day.ts'
import { eventually } from '../test/eventually.ts'
import { runningApi, TOKENS, type RunningApi } from '../test/running-api.ts'

const NOW = Date.UTC(2026, 2, 2)
let api: RunningApi
let balancer: Awaited<ReturnType<typeof openBalancer>>
beforeAll(async () => {
  api = await runningApi()
  balancer = await openBalancer()
})
afterAll(async () => {
  await balancer.stop()
  await api.stop()
})

let stored = 0
const store = async (brand: 'acme' | 'globex') => {
  stored += 1
  const issue = issueOf({ id: `iss-${stored}`, brand, label: 'feed', severity: 'major', ageMs: 1, people: 9 }, NOW)
  await storeAlert(api.pool, alertOf(issue, `al-${stored}`))
  return `al-${stored}`
}
/** Reads on until it is closed, and notes what it read. */
const reader = (options: Partial<FeedOptions>) => {
  const feed = openFeed({ url: balancer.url, after: 0, random: () => 0.02, ...options })
  const events: FeedEvent[] = []
  const done = (async () => {
    for await (const event of feed) events.push(event)
  })()
  return { feed, events, done, ids: () => events.map((event) => (event.type === 'alert' ? event.data.id : event)) }
}

test('a client behind a balancer has every alert once and in order, over cut lines and restarts of any API', async () => {
  const apis = [await api.anotherApi(), await api.anotherApi()]
  const show = () => balancer.backends.splice(0, Infinity, ...apis.map((one) => one.address()))
  show()
  const all = reader({ token: TOKENS.admin, maxWaiting: 32 })
  const ofAcme = reader({ token: TOKENS.acme })
  const expected: { all: string[]; acme: string[] } = { all: [], acme: [] }

  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('store' as const), n: fc.integer({ min: 1, max: 25 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), n: fc.integer({ min: 1, max: 20_000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), n: fc.integer({ min: 0, max: 1 }) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      for (const { do: what, n } of steps) {
        if (what === 'store') {
          for (let i = 0; i < n; i++) {
            const brand = i % 3 === 0 ? 'acme' : 'globex'
            const id = await store(brand)
            expected.all.push(id)
            if (brand === 'acme') expected.acme.push(id)
          }
        } else if (what === 'cut') {
          // The hello's answer fits into less than that, so that something gets through.
          balancer.cutAfter(() => 500 + n)
          balancer.cutAll()
        } else {
          await apis[n]!.stop()
          apis[n] = await api.anotherApi()
          show()
        }
      }
      balancer.cutAfter(() => Infinity)
      await eventually(() => expect(all.ids()).toEqual(expected.all))
      await eventually(() => expect(ofAcme.ids()).toEqual(expected.acme))
    }),
    { numRuns: 12, endOnFailure: true },
  )
  for (const one of [all, ofAcme]) {
    one.feed.close()
    await one.done
  }
})

test('clients that come back all at once from one address are no flood', async () => {
  const narrow = await runningApi({ requestsPerMinute: 3 })
  balancer.backends.splice(0, Infinity, narrow.url)
  const many = Array.from({ length: 12 }, () => reader({ token: TOKENS.acme }))
  await eventually(() => expect(many.map(({ feed }) => feed.state)).toEqual(many.map(() => 'live')))
  for (const { feed, done } of many) {
    feed.close()
    await done
  }
  await narrow.stop()
})

test('a client whose token is not known is told so', async () => {
  balancer.backends.splice(0, Infinity, api.url)
  await expect(reader({ token: 'nobody-knows-this-token-0123456789' }).done).rejects.toMatchObject({
    name: 'FeedRefused',
    reason: 'unauthorized',
  })
})
