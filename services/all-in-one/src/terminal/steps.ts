import type { CommandIo } from '../command-io.ts'

const DRAW_EVERY_MS = 200

/** Says which slow step runs: on a terminal as one live line with its seconds, elsewhere as a line a step. */
export const createSteps = (io: CommandIo): { begin(step: string): void; end(): void } => {
  const live = io.stderr.isTTY === true
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    if (timer === undefined) return
    clearInterval(timer)
    timer = undefined
    io.stderr.write('\r\u001B[2K')
  }
  return {
    begin: (step) => {
      end()
      if (!live) {
        io.stderr.write(`${step} …\n`)
        return
      }
      const startedAt = io.clock.now()
      const draw = () => io.stderr.write(`\r\u001B[2K${step} … ${((io.clock.now() - startedAt) / 1_000).toFixed(0)} s`)
      draw()
      timer = setInterval(draw, DRAW_EVERY_MS)
    },
    end,
  }
}
