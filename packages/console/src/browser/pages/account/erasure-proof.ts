import { h, type VNode } from 'preact'
import { CopyButton } from '../../kit/copy-button.ts'
import { el } from '../../kit/elements.ts'
import { issueLink } from '../../kit/router.ts'
import { Time, TimeAndAgo } from '../../kit/time.ts'
import { absoluteText, numberText } from '../../kit/wording.ts'
import type { Erasure } from '../../views/account.ts'
import { Rows } from './rows.ts'

const WHAT: Record<Erasure['due'][number]['what'], string> = {
  state: 'What is counted, in memory and in snapshots',
  mentions: 'Posts on the bus',
  commands: 'Ids of posts in commands on the bus',
  alerts: 'Ids of posts in alerts on the bus',
  'dead-letters': 'What could not be read, on the bus',
}

/** The proof in plain words, to put into a reply or a file. */
const textOf = ({ id, mentions, purged, due, sent }: Erasure): string =>
  [
    `Erasure ${id}: ${mentions} posts that anything was held of.`,
    ...Object.entries(purged).map(([table, count]) => `Purged from ${table}: ${count}`),
    ...due.map(({ what, at }) => `${WHAT[what]}: gone ${at === null ? 'by hand' : `by ${absoluteText(at)}`}`),
    ...sent.map(({ id: delivery, target, sentAt }) =>
      [`Had left the system: ${delivery} to ${target}`, sentAt === null ? 'maybe' : absoluteText(sentAt)].join(', '),
    ),
  ].join('\n')

/** What is purged, what is due when, and which messages have left the system. */
export const ErasureProof = ({ erasure }: { erasure: Erasure }): VNode => {
  const { id, mentions, purged, due, sent } = erasure
  return el(
    'div',
    { class: 'proof', role: 'status' },
    el(
      'p',
      {},
      el('b', {}, mentions === 0 ? 'Nothing was held of it.' : `Erased: ${numberText(mentions)} posts.`),
      ` Proof ${id}.`,
    ),
    el('h4', {}, 'Purged from the database'),
    h(Rows, { rows: purged, none: 'No row held or quoted it.' }),
    el('h4', {}, 'Copies that go by themselves'),
    el(
      'ul',
      { class: 'reasons' },
      due.map(({ what, at }) =>
        el(
          'li',
          { key: what },
          `${WHAT[what]}: `,
          at === null ? 'nothing takes it away; see docs/OPERATIONS.md' : h(Time, { at }),
        ),
      ),
    ),
    el('h4', {}, 'Messages that have left the system'),
    sent.length === 0
      ? el('p', {}, 'None that may quote it.')
      : el(
          'ul',
          { class: 'reasons' },
          sent.map((message) =>
            el(
              'li',
              { key: message.id },
              `To ${message.target} `,
              message.sentAt === null ? 'it may have arrived' : h(TimeAndAgo, { at: message.sentAt }),
              ' about ',
              el('a', { href: issueLink(message.issueId) }, 'an issue'),
              `, id ${message.id}`,
            ),
          ),
        ),
    h(CopyButton, { name: 'Copy the proof', of: id, text: textOf(erasure) }),
  )
}
