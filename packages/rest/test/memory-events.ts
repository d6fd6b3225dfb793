import type { KnownEvent } from '@outcry/contracts'
import type { KnownEventPort } from '../src/ports-of-events.ts'
import { scopeCovers } from '../src/principal.ts'

/** Events in an array; the rules of the database are held by tests over the running API. */
export const memoryEvents = (nowMs: number): KnownEventPort => {
  const events: KnownEvent[] = []
  const inScope = (scope: readonly string[] | null) => (event: KnownEvent) =>
    event.brands === null || event.brands.some((brand) => scopeCovers(scope, brand))
  return {
    brands: () => ['acme', 'globex'],
    issueTypes: () => ['login', 'checkout'],
    list: async ({ scope }) => ({ rows: events.filter(inScope(scope)), next: null }),
    get: async (id) => events.find((event) => event.id === id) ?? null,
    told: async (wish) =>
      events.find(({ externalId }) => externalId !== null && externalId === wish.externalId) ?? null,
    near: async () => events.map((event) => ({ ...event, beforeOnsetMs: 1, words: 'It was.' })),
    tell: async (wish, { actor }) => {
      const known = events.findIndex(({ externalId }) => externalId !== null && externalId === wish.externalId)
      const id = known < 0 ? `ev${events.length + 1}` : events[known]!.id
      const event = { ...wish, id, postedBy: actor, createdAt: nowMs }
      events.splice(known < 0 ? events.length : known, known < 0 ? 0 : 1, event)
      return { event, added: known < 0 }
    },
    remove: async (id) =>
      events.splice(0, Infinity, ...events.filter((event) => event.id !== id)).length > events.length,
  }
}
