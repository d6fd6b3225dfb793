import type { Authenticity } from '@outcry/contracts'
import type { Issue } from './issue.ts'
import { counted } from './plain-words.ts'

/** What doubt is judged by. */
export type Doubted = Pick<Issue, 'people' | 'mentions' | 'reposts' | 'voices'>

const FEW = 4
const MANY_EDITED = 12

/**
 * Genuine, coordinated or uncertain, with the reasons for doubt; a person decides. One sign that somebody organised it
 * makes it uncertain, two or an overwhelming one coordinated; jokes, rumours and late posts never more than uncertain.
 */
export const doubtOf = ({
  people,
  mentions,
  reposts,
  voices,
}: Doubted): { authenticity: Authenticity; reasons: string[] } => {
  const accounts = people.count
  const posts = reposts + mentions
  const copies = reposts / Math.max(1, posts)
  const share = (count: number) => count / Math.max(1, mentions)
  const organised: string[] = []
  const shaky: string[] = []
  if (copies > 0.5 && reposts >= FEW) organised.push(`${reposts} of ${posts} posts copy others`)
  if (share(voices.edited) >= 0.5 && voices.edited >= FEW)
    organised.push(`${voices.edited} of ${mentions} posts are one text with a few words changed`)
  if (voices.young >= FEW && voices.young > 0.4 * voices.dated && share(voices.young) > 0.2)
    organised.push(`${voices.young} of ${voices.dated} accounts are under 30 days old`)
  if (accounts > 0 && mentions / accounts > 3)
    organised.push(`${mentions} posts come from only ${counted(accounts, 'person', 'people')}`)
  if (share(voices.promotions) > 0.4 && voices.promotions >= FEW)
    organised.push(`${voices.promotions} of ${mentions} posts read like offers or giveaways`)
  if (share(voices.jokes) > 0.5 && voices.jokes >= FEW) shaky.push(`${voices.jokes} of ${mentions} posts joke about it`)
  if (isRumour({ voices }))
    shaky.push(
      `more posts repeat what they heard (${voices.hearsay}) than tell what happened to them (${voices.firstHand})`,
    )
  if (share(voices.late) > 0.5 && voices.late >= FEW)
    shaky.push(`${voices.late} of ${mentions} posts were read late, while a source caught up`)
  const overwhelming = copies > 0.6 || (share(voices.edited) > 0.6 && voices.edited >= MANY_EDITED)
  const reasons = [...organised, ...shaky]
  if (reasons.length === 0) return { authenticity: 'genuine', reasons }
  const coordinated = organised.length > 1 || (organised.length > 0 && overwhelming)
  return { authenticity: coordinated ? 'coordinated' : 'uncertain', reasons }
}

/** More people repeat it than it happened to. */
export const isRumour = ({ voices }: Pick<Issue, 'voices'>): boolean =>
  voices.hearsay >= FEW && voices.hearsay > 2 * voices.firstHand
