import { describe, expect, it } from 'vitest'
import { pythonDraws } from '../made-stream/python-draws.ts'
import { DATA_FOLDER, dataRequired, missingFiles } from './data-folder.ts'
import { givenFolder, givenStream, givenStreams, injectedStream } from './injected-streams.ts'

describe('pythonDraws', () => {
  it('draws what random.Random("1") draws', () => {
    const draws = pythonDraws('1')
    expect([draws.uniform(), draws.uniform()]).toEqual([0.478_247_996_256_634_3, 0.044_242_767_098_090_496])
    expect(draws.below(1_000)).toBe(119)
    expect(draws.normal()).toBeCloseTo(-0.184_698_643_671_782_85, 14)
    expect(draws.exponential()).toBeCloseTo(2.303_505_872_603_120_3, 14)
    expect(draws.dealt([1, 2, 3, 4, 5])).toEqual([1, 5, 3, 4, 2])
    expect(draws.shuffled([1, 2, 3, 4, 5])).toEqual([4, 3, 1, 2, 5])
  })
})

describe('injected streams', () => {
  it.for([1, 2, 3])('of seed %i made here are the given ones, post for post', async (seed, context) => {
    const missing = missingFiles(givenStreams, DATA_FOLDER)
    if (missing.length > 0 && !dataRequired(DATA_FOLDER)) context.skip(`${missing[0]} is not in the data folder`)
    const given = await givenStream(givenFolder(DATA_FOLDER, seed))
    const made = await injectedStream(DATA_FOLDER, seed)
    expect(made.posts).toEqual(given.posts)
    expect(made.truth).toEqual(given.truth)
  })
})
