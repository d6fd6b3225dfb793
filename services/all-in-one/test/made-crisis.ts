import { writeFileSync } from 'node:fs'
import { isoTime } from '@outcry/contracts'
import { drillStream, findScenario } from '@outcry/replay'

const START_MS = Date.UTC(2026, 2, 2)

/** Writes a day of posts about Acme, with a checkout that hangs, as a file of mentions. */
export const madeCrisis = (path: string): void => {
  const posts = [
    ...drillStream({
      scenario: findScenario('checkout')!,
      brandName: 'Acme',
      drillId: 'made',
      seed: 7,
      startMs: START_MS,
    }),
  ]
  const lines = posts.map(({ mention }) =>
    JSON.stringify({
      id: mention.id,
      brand: 'acme',
      text: mention.text,
      createdAt: isoTime(mention.eventTime),
      author: { id: mention.author!.id },
      lang: mention.lang,
    }),
  )
  writeFileSync(path, `${lines.join('\n')}\n`)
}
