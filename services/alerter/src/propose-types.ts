import { createTypeReading, type IssueView, knownIssueTypes } from '@outcry/engine'
import type { Config, IssueEvent, Sql, TypeOfIssue } from '@outcry/contracts'
import { proposeType, recognisedTypes } from '@outcry/response'
import { playbooksInForce, toldTypes } from '@outcry/store'

/** Says what an issue is about as one of its events tells it; undefined where a person said it. */
export type ProposeType = (issue: IssueView | null, event: IssueEvent) => TypeOfIssue | undefined

/** What a brand's issues are proposed to be, with all that people said until now. */
export const typeProposals = async (
  sql: Sql,
  config: Pick<Config, 'detection' | 'response'>,
  brand: string,
): Promise<ProposeType> => {
  const [playbooks, told] = [await playbooksInForce(sql, config.response.playbooks), await toldTypes(sql, brand)]
  const reading = createTypeReading(recognisedTypes(knownIssueTypes(config.detection.issueTypes), playbooks))
  return (issue, { at, evidence, recurrenceOf }) => {
    if ((issue?.type?.by ?? null) !== null) return undefined
    const back = recurrenceOf ?? issue?.recurrenceOf ?? null
    const proposal = proposeType({ evidence, recurrenceOf: back }, told, reading)
    const label = proposal.id === null ? null : reading.labelOf(proposal.id)
    return { ...proposal, label, by: null, at, teaches: false }
  }
}
