import type { Playbook, PlaybookClocks } from '@outcry/contracts'

const MINUTE_MS = 60_000

/** What holds where a playbook names no time. Milliseconds. */
const DEFAULT_CLOCKS = {
  acknowledgeMs: 15 * MINUTE_MS,
  firstStatementMs: 30 * MINUTE_MS,
  updateMs: 60 * MINUTE_MS,
  answerMs: 120 * MINUTE_MS,
  resolveMs: 24 * 60 * MINUTE_MS,
  remindBeforeMs: 5 * MINUTE_MS,
} as const satisfies PlaybookClocks

/** How long each step may take, in milliseconds; null where it is switched off. */
export type Clocks = Record<keyof PlaybookClocks, number | null>

/** The clocks of an issue's playbook, with what holds where it names none. */
export const clocksOf = (playbook: Playbook | null): Clocks => ({ ...DEFAULT_CLOCKS, ...playbook?.clocks })
