import type { Evidence, Exposure, PostingShare, Unanswered } from '@outcry/contracts'

/**
 * The exposure of an issue. Most people that something happens to never post of it: how many do is not seen, so the
 * estimate is a range, between what it is where many of them post and where few do.
 */
export const exposureOf = (evidence: Evidence, standing: Unanswered | null, posting: PostingShare): Exposure => {
  const { authors, reach, unanswered, authenticity } = evidence
  const unansweredShare =
    standing !== null && standing.complaints > 0 ? standing.unanswered / standing.complaints : (unanswered ?? null)
  if (authenticity === 'coordinated' || authors === 0) {
    const assumption = 'It is not estimated how many people are affected: the voices look coordinated.'
    return { reach, unansweredShare, affected: null, assumption }
  }
  const affected = {
    low: Math.max(authors, rounded(authors / posting.high)),
    high: Math.max(authors, rounded(authors / posting.low)),
  }
  const assumption = `Assumed: of 100 people who are affected, ${percent(posting.low)} to ${percent(posting.high)} post in public.`
  return { reach, unansweredShare, affected, assumption }
}

/** The exposure for people, a line each. */
export const exposureInWords = ({ reach, unansweredShare, affected, assumption }: Exposure): string[] => [
  `Seen by up to ${count(reach)} people${
    unansweredShare === null ? '' : `; ${Math.round(unansweredShare * 100)} % of the complaints have no answer yet`
  }.`,
  ...(affected === null
    ? [assumption]
    : [`About ${count(affected.low)} to ${count(affected.high)} people may be affected. ${assumption}`]),
]

/** To two digits: more would claim a precision that is not there. */
const rounded = (people: number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(people)) - 1)
  return Math.round(people / unit) * unit
}

const percent = (share: number): string => String(Number((share * 100).toPrecision(2)))
const count = (people: number): string => people.toLocaleString('en')
