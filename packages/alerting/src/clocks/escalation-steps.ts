import { type EscalationChain, type EscalationStep, SEVERITY_RANK, watchedBrand } from '@outcry/contracts'
import { issueTypeOf, type IssueView } from '../state.ts'
import type { IssueResponse } from './issue-response.ts'

/** Whom an issue goes to, step by step: those of its playbook, else of the first chain that fits; none where there is none. */
export const escalationSteps = (
  issue: IssueView,
  { playbook }: Pick<IssueResponse, 'playbook'>,
  chains: readonly EscalationChain[],
): readonly EscalationStep[] => playbook?.escalation ?? chains.find((chain) => fits(chain, issue))?.steps ?? []

const fits = ({ brands, issueTypes, minSeverity }: EscalationChain, issue: IssueView): boolean =>
  (brands === undefined || brands.includes(watchedBrand(issue.brand))) &&
  (issueTypes === undefined || issueTypes.includes(issueTypeOf(issue) ?? '')) &&
  SEVERITY_RANK[issue.severity] >= SEVERITY_RANK[minSeverity]
