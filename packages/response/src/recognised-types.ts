import type { Playbook } from '@outcry/contracts'

type Recognised = { id: string; terms: readonly string[]; examples?: readonly string[] }

/** The issue types with the further words of their playbooks, by which issues are proposed them. */
export const recognisedTypes = <T extends Recognised>(types: readonly T[], playbooks: readonly Playbook[]): T[] =>
  types.map((type) => {
    const own = playbooks.find(({ issueType }) => issueType === type.id)
    return own === undefined
      ? type
      : { ...type, terms: [...type.terms, ...own.terms], examples: [...(type.examples ?? []), ...own.examples] }
  })
