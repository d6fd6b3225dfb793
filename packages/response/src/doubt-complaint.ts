import { type Authenticity, DAY_MS, type Evidence, type Mention } from '@outcry/contracts'

const YOUNG_DAYS = 30
/** How the detector words its doubt among the reasons of an issue. */
const DOUBTS = /^(It looks organised|It may not be genuine)/

/**
 * How genuine one complaint is taken to be, with why: what is known of its account, else as its whole issue. An estimate;
 * a person decides.
 */
export const doubtOfComplaint = (
  { author, eventTime }: Pick<Mention, 'author' | 'eventTime'>,
  { authenticity, reasons }: Pick<Evidence, 'authenticity' | 'reasons'>,
): { is: Authenticity; reasons: string[] } => {
  const own: string[] = []
  if (author?.bot === true) own.push('The account says that it is a bot.')
  const days = author?.createdAt === undefined ? YOUNG_DAYS : Math.floor((eventTime - author.createdAt) / DAY_MS)
  if (days < YOUNG_DAYS)
    own.push(
      days < 1 ? 'The account was made the same day.' : `The account was ${days} ${days === 1 ? 'day' : 'days'} old.`,
    )
  const shared = authenticity === 'genuine' ? [] : reasons.filter((reason) => DOUBTS.test(reason))
  if (authenticity === 'coordinated' || own.length === 0) return { is: authenticity, reasons: [...shared, ...own] }
  return { is: 'uncertain', reasons: [...own, ...shared] }
}
