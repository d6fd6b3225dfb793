import type { Views } from '@outcry/console'
import type { Answers } from '@outcry/rest'

/** Compiles only where the API answers what the console reads. */
export const viewsOf = (answers: Answers): Views => answers
