import { OutcryError } from '@outcry/contracts'

/** Why a request failed, without anything that a receiver or an address could have put into it. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof OutcryError) return `${error.code}: ${error.message}`
  if (!(error instanceof Error)) return 'failed'
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : error.name
}
