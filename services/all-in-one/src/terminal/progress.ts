import type { Clock } from '@outcry/runtime'
import type { CommandIo } from '../command-io.ts'

const DRAW_EVERY_MS = 100
const BAR_CHARS = 24

export type Progress = {
  /** `done` items; `share` 0 to 1 of the whole where that is known. */
  update(done: number, share?: number): void
  /** Removes the bar. */
  end(): void
}

/** A bar on a terminal, nothing elsewhere. */
export const createProgress = (io: CommandIo, unit: string): Progress =>
  io.stderr.isTTY === true
    ? drawnProgress(io.stderr, io.clock, unit)
    : { update: () => undefined, end: () => undefined }

const drawnProgress = (stderr: CommandIo['stderr'], clock: Clock, unit: string): Progress => {
  const startedAt = clock.now()
  let drawnAt = 0
  return {
    update: (done, share) => {
      const now = clock.now()
      if (now - drawnAt < DRAW_EVERY_MS) return
      drawnAt = now
      const seconds = (now - startedAt) / 1_000
      const rate = seconds > 0 ? Math.round(done / seconds) : 0
      const line = `${bar(share)}${done.toLocaleString('en')} ${unit}, ${rate.toLocaleString('en')}/s`
      stderr.write(`\r\u001B[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`)
    },
    end: () => {
      stderr.write('\r\u001B[2K')
    },
  }
}

const bar = (share: number | undefined): string => {
  if (share === undefined) return ''
  const full = Math.round(Math.min(1, share) * BAR_CHARS)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CHARS - full)} ${Math.floor(Math.min(1, share) * 100)} %  `
}
