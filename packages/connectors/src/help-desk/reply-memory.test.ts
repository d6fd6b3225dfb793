import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeSighting } from '../make-sighting.ts'
import { createReplyMemory } from './reply-memory.ts'

const context = { source: 'desk', observedAt: 1_795_000_000_000, hashAuthor: (id: string) => id }
const ticket = (id: string, isDeleted = false) => makeSighting({ id, kind: 'ticket', text: 'Down', isDeleted }, context)
const reply = (id: string, parentId: string) =>
  makeSighting({ id, kind: 'message', text: 'Still down', parentId }, context)
const idsOf = (memory: ReturnType<typeof createReplyMemory>, ...sightings: ReturnType<typeof ticket>[]) =>
  memory.follow(sightings, context).map(({ mention: { op, id } }) => `${op} ${id}`)

describe('the memory of replies', () => {
  it('deletes what was said in a ticket with it, once, also after a restart', () => {
    const before = createReplyMemory()
    idsOf(before, ticket('t1'), reply('r1', 't1'), reply('r2', 't2'), reply('r3', 't1'))
    const after = createReplyMemory()
    after.restore(JSON.parse(JSON.stringify(before.position())))
    expect(idsOf(after, ticket('t1', true))).toEqual(['delete t1', 'delete r1', 'delete r3'])
    expect(idsOf(after, ticket('t1', true))).toEqual(['delete t1'])
    expect(after.position()).toEqual([['r2', 't2']])
  })

  it('gives tombstones without text or author, that say where they belonged', () => {
    const memory = createReplyMemory()
    idsOf(memory, reply('r1', 't1'))
    const [, gone] = memory.follow([ticket('t1', true)], context)
    expect(gone!.mention).toMatchObject({ id: 'r1', op: 'delete', text: '', parentId: 't1' })
    expect(gone!.mention).not.toHaveProperty('author')
  })

  it('keeps the newest thousand, and starts empty from what is no memory', () => {
    const memory = createReplyMemory()
    for (const nothing of [null, 'x', [['r1']], [['r1', 2]]]) memory.restore(nothing)
    expect(memory.position()).toEqual([])
    const all = Array.from({ length: 1_200 }, (_, n) => reply(`r${n}`, `t${n % 7}`))
    idsOf(memory, ...all, reply('r0', 't0'))
    expect(memory.position()).toHaveLength(1_000)
    expect(memory.position().at(-1)).toEqual(['r0', 't0'])
  })

  it('passes on whatever is not deleted as it came', () => {
    const found = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })))
    fc.assert(
      fc.property(found, (pairs) => {
        const sightings = pairs.map(([id, parent]) => reply(id, parent))
        expect(createReplyMemory().follow(sightings, context)).toEqual(sightings)
      }),
    )
  })
})
