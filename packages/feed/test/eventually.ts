import { vi } from 'vitest'

/** Tries a check until it holds; long enough for a machine that is busy with other things. */
export const eventually = async (check: () => unknown, timeoutMs = 15_000): Promise<void> => {
  await vi.waitFor(check, { timeout: timeoutMs })
}
