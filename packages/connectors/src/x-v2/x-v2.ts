import { MINUTE_MS } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { parseAnswers } from './read-answer.ts'
import { XConfig } from './x-config.ts'
import { createXSource } from './x-source.ts'

/** Posts of X by its paid API (docs.x.com/x-api). */
export const xV2: Connector<typeof XConfig> = {
  name: 'x-v2',
  configSchema: XConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Developer agreement of X: what is deleted or made private there is deleted here, within a day of knowing.',
  },
  create: (config, context) => createXSource(config, context, config.blindAfterMs ?? xV2.defaults.blindAfterMs),
  parse: parseAnswers,
}
