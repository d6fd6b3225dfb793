type Loop = (signal: AbortSignal) => Promise<void>

/** Runs loops until the signal aborts or one of them breaks, which ends the others. */
export const runTogether = async (loops: readonly Loop[], signal: AbortSignal): Promise<void> => {
  const broken = new AbortController()
  const together = AbortSignal.any([signal, broken.signal])
  const runOne = async (loop: Loop): Promise<void> => {
    try {
      await loop(together)
    } catch (error) {
      broken.abort(error)
      throw error
    }
  }
  const ended = await Promise.allSettled(loops.map(runOne))
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed !== undefined && !signal.aborted) throw failed.reason
}
