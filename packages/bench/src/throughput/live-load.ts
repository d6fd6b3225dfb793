import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { isoTime, SECOND_MS } from '@outcry/contracts'
import { DRILL_SCENARIOS, drillStream } from '@outcry/replay'

const STEP_MS = 50
/** A brand's burst: so many people within so long, then quiet until its next turn. */
const CROWD = 40
const CROWD_MS = 20 * SECOND_MS

/**
 * Appends `perSecond` mentions a second to a file, dated now and spread over all brands; in turn each brand is in a
 * crisis. Resolves with the number written.
 */
export const writeLive = async (
  path: string,
  options: { brands: readonly string[]; perSecond: number; forMs: number },
): Promise<number> => {
  const { brands, perSecond, forMs } = options
  const talk = textsOf('quiet-day')
  const crises = DRILL_SCENARIOS.filter(({ expect }) => expect === 'page').map(({ id }) => textsOf(id, true))
  const startMs = Date.now()
  const everyMs = Math.max(SECOND_MS, (forMs - CROWD_MS) / brands.length)
  let written = 0
  let crowd = 0
  while (Date.now() - startMs < forMs) {
    const nowMs = Date.now()
    const elapsed = nowMs - startMs
    const due = Math.floor((elapsed * perSecond) / SECOND_MS)
    const lines: string[] = []
    for (; written < due; written += 1) {
      const createdAt = isoTime(Math.min(nowMs, startMs + Math.floor((written * SECOND_MS) / perSecond)))
      const turn = Math.floor((written * SECOND_MS) / perSecond / everyMs)
      const angry = written % Math.max(1, Math.floor((perSecond * CROWD_MS) / SECOND_MS / CROWD)) === 0
      const place = angry ? turn % brands.length : (written * 7) % brands.length
      const texts = angry ? crises[turn % crises.length]! : talk
      const author = angry ? `crowd-${(crowd += 1)}` : `person-${written % 50_000}`
      const text = `${brands[place]} ${texts[written % texts.length]} ${written}`
      lines.push(
        JSON.stringify({
          id: `live-${written}`,
          brand: brands[place],
          text,
          createdAt,
          author: { id: author },
          lang: 'en',
        }),
      )
    }
    if (lines.length > 0) appendFileSync(path, `${lines.join('\n')}\n`)
    await pause(STEP_MS)
  }
  return written
}

/** What people say in a drill scenario: only its crowd's posts, or all. */
const textsOf = (id: string, crowdOnly = false): string[] => {
  const scenario = DRILL_SCENARIOS.find((one) => one.id === id)!
  const posts = [...drillStream({ scenario, brandName: 'they', drillId: id, seed: 5, startMs: 0 })]
  return posts
    .filter(({ mention }) => mention.lang === 'en' && (!crowdOnly || /crowd|fresh/.test(mention.author?.id ?? '')))
    .map(({ mention }) => mention.text)
}
