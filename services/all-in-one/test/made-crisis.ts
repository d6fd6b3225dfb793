import { writeFileSync } from 'node:fs'
import { HOUR_MS, isoTime, MINUTE_MS } from '@outcry/contracts'
import { drillStream, findScenario } from '@outcry/replay'

const START_MS = Date.UTC(2026, 2, 2)

/** Writes a day of posts about a brand, with one angry person and later a checkout that hangs, as a file of mentions. */
export const madeCrisis = (path: string, { brandName = 'Acme', seed = 7 } = {}): void => {
  const brand = brandName.toLowerCase()
  const posts = [
    ...drillStream({
      scenario: findScenario('checkout')!,
      brandName,
      drillId: 'made',
      seed,
      startMs: START_MS,
    }),
  ]
  const crowd = posts.map(({ mention: { id, text, eventTime, author, lang } }) => ({
    at: eventTime,
    line: { id: `${brand}-${id}`, brand, text, createdAt: isoTime(eventTime), author: { id: author!.id }, lang },
  }))
  const angry = Array.from({ length: 15 }, (_, n) => {
    const at = START_MS + 3 * HOUR_MS + n * 3 * MINUTE_MS
    const text = `${brandName} lost parcel number ${n} of mine and nobody answers me, this is ridiculous`
    return {
      at,
      line: { id: `${brand}-angry-${n}`, brand, text, createdAt: isoTime(at), author: { id: 'angry' }, lang: 'en' },
    }
  })
  const lines = [...crowd, ...angry].sort((a, b) => a.at - b.at).map(({ line }) => JSON.stringify(line))
  writeFileSync(path, `${lines.join('\n')}\n`)
}
