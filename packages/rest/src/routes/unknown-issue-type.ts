import type { Fault } from '@outcry/contracts'

/** An id in a body that no issue type has. `besides`: what may stand there too. */
export const unknownIssueType = (path: string, type: string, known: readonly string[], besides = ''): Fault => ({
  path,
  value: JSON.stringify(type),
  message: 'no issue type has this id',
  fix: `Known: ${known.join(', ')}${besides}.`,
})
