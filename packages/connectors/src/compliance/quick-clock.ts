import { systemClock, type Clock } from '@outcry/runtime'

/** A clock that runs `factor` times faster than the machine's, so that minutes of back-off pass in a test's seconds. */
export const createQuickClock = (factor: number): Clock => {
  const start = systemClock.now()
  return {
    now: () => start + Math.floor((systemClock.now() - start) * factor),
    sleep: (ms, signal) => systemClock.sleep(Math.ceil(ms / factor), signal),
  }
}
