import { appendFileSync, writeFileSync } from 'node:fs'

/** A file that grows at a steady pace up to a line, which is set further while it is followed. */
export type FileFeeder = {
  /** Lets it grow to so many lines; never fewer than before. */
  allow(lines: number): void
  stop(): void
}

const STEP_MS = 100

export const startFeeder = (path: string, lines: readonly string[], perSecond: number): FileFeeder => {
  writeFileSync(path, '')
  let written = 0
  let limit = 0
  const timer = setInterval(() => {
    const upTo = Math.min(limit, written + Math.ceil((perSecond * STEP_MS) / 1_000))
    if (upTo === written) return
    appendFileSync(path, lines.slice(written, upTo).join(''))
    written = upTo
  }, STEP_MS)
  return {
    allow: (upTo) => {
      limit = Math.max(limit, Math.min(lines.length, Math.ceil(upTo)))
    },
    stop: () => clearInterval(timer),
  }
}
