import type { FormOutcome } from './form-dialog.ts'
import { ApiFault } from './api.ts'

/** What to tell of a failure. */
export const faultText = (error: unknown): string =>
  error instanceof ApiFault ? error.message : 'The server cannot be reached; try again.'

/** Done, or why not. */
export const tried = async (act: () => Promise<unknown>): Promise<FormOutcome> => {
  try {
    await act()
    return 'done'
  } catch (error) {
    return { fault: faultText(error) }
  }
}
