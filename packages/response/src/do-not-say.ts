import type { Playbook } from '@outcry/contracts'

/** The line of a brief that tells the own people what not to say; null where nothing is forbidden. */
export const doNotSay = (playbook: Playbook | null): string | null =>
  playbook === null || playbook.mustNotSay.length === 0 ? null : `Do not say: ${playbook.mustNotSay.join('; ')}.`
