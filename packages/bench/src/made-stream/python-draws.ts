import { createHash } from 'node:crypto'
import type { Draws } from '@outcry/testkit/made-texts'
import { MersenneTwister } from './mersenne-twister.ts'

/** 4 exp(-0.5) / sqrt(2), of the ratio method for normal numbers. */
const NORMAL_SCALE = (4 * Math.exp(-0.5)) / Math.sqrt(2)

/**
 * The draws of Python's `random.Random(seed)` for a seed given as text, so that a stream made here is, post for post, the
 * stream that a maker in Python makes of the same seed, and figures compare. The text is hashed as Python's version 2 seeding
 * does; normal numbers are Kinderman and Monahan's (1977).
 */
export const pythonDraws = (seed: string): Draws => {
  const text = Buffer.from(seed, 'utf8')
  const twister = new MersenneTwister(wordsOf(Buffer.concat([text, createHash('sha512').update(text).digest()])))
  const uniform = () => twister.double()
  const below = (limit: number): number => {
    const bits = 32 - Math.clz32(limit)
    for (;;) {
      const drawn = twister.next() >>> (32 - bits)
      if (drawn < limit) return drawn
    }
  }
  return {
    uniform,
    below,
    pick: (items) => items[below(items.length)]!,
    shuffled: (items) => {
      const list = [...items]
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = below(last + 1)
        ;[list[last], list[other]] = [list[other]!, list[last]!]
      }
      return list
    },
    dealt: (items) => {
      const pool = [...items]
      return items.map((_, taken) => {
        const left = items.length - taken
        const at = below(left)
        const item = pool[at]!
        pool[at] = pool[left - 1]!
        return item
      })
    },
    exponential: () => -Math.log(1 - uniform()),
    normal: () => {
      for (;;) {
        const first = uniform()
        const second = 1 - uniform()
        const ratio = (NORMAL_SCALE * (first - 0.5)) / second
        if ((ratio * ratio) / 4 <= -Math.log(second)) return ratio
      }
    },
  }
}

/** The 32-bit words of a big-endian number, the lowest first. */
const wordsOf = (bytes: Buffer): number[] => {
  const padded = Buffer.concat([Buffer.alloc((4 - (bytes.length % 4)) % 4), bytes])
  const words = Array.from({ length: padded.length / 4 }, (_, word) =>
    padded.readUInt32BE(padded.length - 4 - 4 * word),
  )
  while (words.length > 1 && words.at(-1) === 0) words.pop()
  return words
}
