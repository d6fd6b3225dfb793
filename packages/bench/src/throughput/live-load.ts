import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { isoTime, SECOND_MS } from '@outcry/contracts'
import { DRILL_SCENARIOS, drillStream } from '@outcry/replay'
import { COMPLAINT_ISSUES, seededDraws, templateBrands } from '@outcry/testkit/made-texts'

export type LiveLoad = {
  /** Most of the mentions, ordinary talk, a stream of equal size each. */
  busy: readonly string[]
  /** Has little said of it until a crowd comes, one brand after the other, round and round. */
  bursting: readonly string[]
  perSecond: number
  forMs: number
}

const STEP_MS = 50
/** A burst: so many people within so long. The next brand's begins `TURN_MS` later. */
const CROWD = 40
const CROWD_MS = 20 * SECOND_MS
const TURN_MS = 2 * SECOND_MS

/** Appends `perSecond` mentions a second to a file, each dated by its turn. Resolves with the number written. */
export const writeLive = async (path: string, load: LiveLoad): Promise<number> => {
  const startMs = Date.now()
  const posts = livePosts(load)
  let written = 0
  for (let elapsed = 0; elapsed < load.forMs; elapsed = Date.now() - startMs) {
    const due = Math.floor((elapsed * load.perSecond) / SECOND_MS)
    const lines: string[] = []
    for (; written < due; written += 1) {
      const afterMs = Math.floor((written * SECOND_MS) / load.perSecond)
      const { brand, text, author } = posts(written, afterMs)
      const createdAt = isoTime(startMs + afterMs)
      const line = { id: `live-${written}`, brand, text: `${brand} ${text}`, createdAt, author: { id: author } }
      lines.push(JSON.stringify(line))
    }
    if (lines.length > 0) appendFileSync(path, `${lines.join('\n')}\n`)
    await pause(STEP_MS)
  }
  return written
}

/** Who says what of which brand: the load's nth post, so many milliseconds after its start. */
const livePosts = ({ busy, bursting, perSecond, forMs }: LiveLoad) => {
  const draws = seededDraws(7)
  const pools = templateBrands(draws)
  const talk = everydayTexts()
  const betweenCrowdPosts = Math.max(1, Math.floor((perSecond * TURN_MS) / SECOND_MS / CROWD))
  return (index: number, afterMs: number) => {
    const turn = Math.floor(afterMs / TURN_MS)
    if (index % betweenCrowdPosts === 0 && afterMs < forMs - CROWD_MS) {
      // Crowds overlap: each post joins one of those that have begun and not ended.
      const joined = Math.max(0, turn - draws.below(CROWD_MS / TURN_MS))
      const brand = bursting[joined % bursting.length]!
      const { pool } = pools[joined % pools.length]!
      const issue = COMPLAINT_ISSUES[joined % COMPLAINT_ISSUES.length]!
      return { brand, text: pool.take(issue), author: `crowd-${index}` }
    }
    const text = `${talk[draws.below(talk.length)]} ${index}`
    return { brand: busy[index % busy.length]!, text, author: `person-${draws.below(50_000)}` }
  }
}

const everydayTexts = (): string[] => {
  const scenario = DRILL_SCENARIOS.find(({ burst }) => burst === null)!
  return [...drillStream({ scenario, brandName: 'they', drillId: 'talk', seed: 5, startMs: 0 })].map(
    ({ mention }) => mention.text,
  )
}
