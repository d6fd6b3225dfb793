import { describe, expect, it } from 'vitest'
import { makeSighting } from '../make-sighting.ts'
import type { LookContext } from './listing.ts'
import { createRecheck, oneByOne } from './recheck.ts'

const NOW = 1_700_000_000_000
const context = { source: 'x', observedAt: NOW, hashAuthor: (id: string) => id }
const post = (id: string) => makeSighting({ id: `x:${id}`, kind: 'post', text: id, createdAt: NOW }, context)

/** A recheck that knows of these posts, two asked for at once. */
const following = async (ids: readonly string[], ask: (id: string) => void, askAnything = async () => {}) => {
  const recheck = createRecheck({
    clock: { now: () => NOW, sleep: async () => undefined },
    keyOf: (mentionId) => mentionId.slice(2),
    ask: oneByOne(async (id) => {
      ask(id)
      return { sightings: [], rejects: [] }
    }, askAnything),
    askedAtOnce: 2,
    mostKept: 10,
    forMs: 60_000,
  })
  let position: unknown = null
  const asked: LookContext = {
    position,
    deliver: async (found) => {
      position = found.position
    },
    gap: () => undefined,
    signal: new AbortController().signal,
  }
  const listing = recheck.following({
    name: 'posts',
    look: async ({ deliver }) => {
      await deliver({ sightings: ids.map(post), position: null })
      return { until: NOW, again: false }
    },
  })
  await listing.look(asked)
  return { look: () => recheck.listing.look({ ...asked, position }), position: () => position }
}

describe('asking again for what was read lately', () => {
  it('goes round', async () => {
    const asked: string[] = []
    const { look } = await following(['a', 'b', 'c'], (id) => asked.push(id))
    for (let looks = 0; looks < 3; looks += 1) await look()
    expect(asked).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  it('says that one post is refused for good, and goes on with the others', async () => {
    const asked: string[] = []
    const { look } = await following(['a', 'b', 'c', 'd'], (id) => {
      if (id === 'a') throw new Error('500')
      asked.push(id)
    })
    await expect(look()).rejects.toThrow('500')
    for (let looks = 0; looks < 2; looks += 1) await look()
    expect(asked).toEqual(['b', 'c', 'd'])
    await expect(look()).rejects.toThrow('500')
  })

  it('asks for anything where there is nothing to ask for, since the answer tells whether the platform can be seen', async () => {
    const { look } = await following(
      [],
      () => undefined,
      async () => {
        throw new Error('401')
      },
    )
    await expect(look()).rejects.toThrow('401')
    const known = await following(
      ['a'],
      () => undefined,
      async () => {
        throw new Error('not asked')
      },
    )
    await expect(known.look()).resolves.toBeDefined()
  })
})
