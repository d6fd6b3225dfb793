import type { Playbook } from './playbook.ts'

/** A playbook that says nothing yet; also what a stored one of an older release is laid over. */
export const emptyPlaybook = (issueType: string): Playbook => ({
  issueType,
  terms: [],
  examples: [],
  clocks: {},
  remedies: [],
  mustNotSay: [],
  meanwhile: {},
  templates: {},
})
