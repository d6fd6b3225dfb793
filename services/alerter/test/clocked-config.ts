import { type Config, emptyPlaybook, MINUTE_MS } from '@outcry/contracts'
import { config, target } from './setting.ts'

const CLOCKS = {
  acknowledgeMs: null,
  firstStatementMs: 30 * MINUTE_MS,
  updateMs: null,
  answerMs: null,
  resolveMs: null,
  remindBeforeMs: 5 * MINUTE_MS,
}

/** One target that hears of everything, and two clocks: the first statement, and what it promises. */
export const clockedConfig = (receiver: string): Config => {
  const plain = config([target('hook', receiver, { perMinute: 60_000 })])
  return { ...plain, response: { ...plain.response, playbooks: [{ ...emptyPlaybook('*'), clocks: CLOCKS }] } }
}
