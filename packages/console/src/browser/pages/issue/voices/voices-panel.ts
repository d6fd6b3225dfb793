import { h, type VNode } from 'preact'
import { issuePath } from '../../../kit/api.ts'
import { el } from '../../../kit/elements.ts'
import { useReading } from '../../../kit/use-reading.ts'
import type { Exemplar } from '../../../views/issue.ts'
import type { Voices } from '../../../views/notices.ts'
import type { PanelProps } from '../panel.ts'
import { Post } from '../posts-panel.ts'

const First = ({ title, posts }: { title: string; posts: readonly Exemplar[] }): VNode | null =>
  posts.length === 0
    ? null
    : el(
        'details',
        {},
        el('summary', {}, title),
        el(
          'ul',
          { class: 'posts' },
          posts.map((exemplar) => h(Post, { key: exemplar.mentionId, exemplar, heading: null })),
        ),
      )

const shareText = ({ firstHand, hearsay, firstHandShare }: Voices, posts: number): string => {
  if (firstHand.posts + hearsay.posts === 0) return 'No post tells whether it happened to its writer.'
  return firstHandShare === null
    ? `${firstHand.posts} of ${posts} posts ${firstHand.posts === 1 ? 'tells' : 'tell'} it first hand, ` +
        `${hearsay.posts} from hearsay: too few for a share.`
    : `${Math.round(100 * firstHandShare)} % of those that tell speak from own experience: ` +
        `${firstHand.posts} first-hand, ${hearsay.posts} from hearsay.`
}

/** Rumour or first hand: how many tell what happened to them, and the first posts of each kind. */
export const VoicesPanel = ({ issue }: PanelProps): VNode | null => {
  const { data } = useReading<Voices>(`${issuePath(issue.id)}/voices`)
  if (data === null) return null
  return el(
    'section',
    { class: 'voices', 'aria-labelledby': 'voices-title' },
    el('h2', { id: 'voices-title' }, 'Rumour or first hand'),
    el('p', {}, shareText(data, issue.mentions)),
    data.isRumour &&
      el('p', { class: 'aside' }, 'Most tell what they heard: check before you confirm. Drafts confirm nothing.'),
    h(First, { title: 'First posts from own experience', posts: data.firstHand.first }),
    h(First, { title: 'First posts from hearsay', posts: data.hearsay.first }),
  )
}
