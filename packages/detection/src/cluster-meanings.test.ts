import { describe, expect, it } from 'vitest'
import { createClusterStream } from './cluster-stream.ts'

const ISSUES = [
  ['tortoise spins', 'basket jammed', 'frozen halfway', 'grey screen', 'button dead', 'loading forever'],
  ['courier vanished', 'box crushed', 'nobody rang', 'left outside', 'wrong street', 'came soaked'],
]
/** The direction of the issue, a little off in a way of its own. */
const vectorOf = (issue: number, at: number): string => {
  const bytes = Int8Array.from({ length: 32 }, (_, axis) => (axis === issue ? 120 : axis === 2 + at ? 30 : 0))
  return Buffer.from(bytes.buffer).toString('base64')
}
const clusterOf = (byMeaning: boolean): string[][] => {
  const stream = createClusterStream('key')
  const rounds = Array.from({ length: 20 }, (_, round) => round)
  const places = rounds.flatMap((round) =>
    ISSUES.flatMap((texts, issue) => {
      const text = `${texts[round % 6]!} ${round}`
      return [
        { issue, place: stream.add(`${issue}-${round}`, text, 'en', byMeaning ? vectorOf(issue, round) : undefined) },
      ]
    }),
  )
  return ISSUES.map((_, issue) => [
    ...new Set(places.filter((one) => one.issue === issue).map(({ place }) => stream.finalName(place))),
  ])
}

describe('clusters by meaning too', () => {
  it('bring together texts that share no word and mean the same, and keep apart what means another thing', () => {
    const [screens, parcels] = clusterOf(true)
    expect(screens).toHaveLength(1)
    expect(parcels).toHaveLength(1)
    expect(screens).not.toEqual(parcels)
    expect(clusterOf(false).flat().length).toBeGreaterThan(2)
  })
})
