import { type Config, DAY_MS, emptyPlaybook, MINUTE_MS, type PlaybookClocks } from '@outcry/contracts'
import { config, target } from './setting.ts'

/** How long each clock lasts, but the one of the whole. */
export const LASTS_MS = 30 * MINUTE_MS
export const REMIND_BEFORE_MS = 5 * MINUTE_MS
/** How long there is until an issue is resolved. */
export const RESOLVE_MS = DAY_MS
/** A type of which that is as short as the others. */
export const SHORT_TYPE = 'outage'

const CLOCKS: PlaybookClocks = {
  acknowledgeMs: LASTS_MS,
  firstStatementMs: LASTS_MS,
  updateMs: LASTS_MS,
  answerMs: LASTS_MS,
  resolveMs: RESOLVE_MS,
  remindBeforeMs: REMIND_BEFORE_MS,
}

/** One target that hears of everything, and all clocks. It has long to answer: a breaker counts in a time that stands still. */
export const clockedConfig = (receiver: string): Config => {
  const plain = config([target('hook', receiver, { perMinute: 600_000, timeoutMs: 60_000 })])
  const playbooks = [
    { ...emptyPlaybook('*'), clocks: CLOCKS },
    { ...emptyPlaybook(SHORT_TYPE), clocks: { ...CLOCKS, resolveMs: LASTS_MS } },
  ]
  return { ...plain, response: { ...plain.response, playbooks } }
}
