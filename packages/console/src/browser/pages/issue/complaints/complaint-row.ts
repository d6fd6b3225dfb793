import { h, type VNode } from 'preact'
import { el } from '../../../kit/elements.ts'
import { memo } from '../../../kit/memo.ts'
import { TimeAndAgo } from '../../../kit/time.ts'
import { numberText, safeLink } from '../../../kit/wording.ts'
import type { Complaint } from '../../../views/complaint.ts'
import { answerText, AUTHENTICITY_TEXT, CHANNEL_TEXT, OUTCOME_TEXT } from './complaint-wording.ts'

const Tags = ({ complaint }: { complaint: Complaint }): VNode => {
  const { answered, assignee, handOff, outcome, authenticity } = complaint
  const tag = (text: string, kind = '') => el('span', { key: text, class: `tag ${kind}` }, text)
  return el(
    'p',
    { class: 'tags' },
    tag(answerText(complaint), answered === null ? 'major' : 'calm'),
    assignee !== null && tag(`With ${assignee}`),
    handOff !== null && tag(`Moved to: ${CHANNEL_TEXT[handOff.channel]}`),
    outcome !== null && tag(OUTCOME_TEXT[outcome.is]),
    (authenticity.judged !== null || authenticity.is !== 'genuine') &&
      tag(
        authenticity.judged === null
          ? `${AUTHENTICITY_TEXT[authenticity.is]} (estimate)`
          : `${AUTHENTICITY_TEXT[authenticity.is]}, says ${authenticity.judged.by}`,
      ),
  )
}

const SHOWN_CHARS = 500

/** The text of the world, isolated from ours; of a long one the beginning. */
const Words = ({ text }: { text: string }): VNode => {
  if (text.length <= SHOWN_CHARS) return el('blockquote', { dir: 'auto' }, text)
  return el(
    'div',
    {},
    el('blockquote', { dir: 'auto' }, `${text.slice(0, SHOWN_CHARS).toWellFormed()}…`),
    el('details', {}, el('summary', {}, 'The whole text'), el('blockquote', { dir: 'auto' }, text)),
  )
}

type ComplaintRowProps = {
  complaint: Complaint
  chosen: boolean
  /** Whether Tab leads into it. */
  active: boolean
  choose: ((id: string) => void) | null
}

/** One complaint: the words of its writer, how it stands, and what is advised. */
export const ComplaintRow = memo(({ complaint, chosen, active, choose }: ComplaintRowProps): VNode => {
  const { id, title, text, source, at, reach, url, exchange, authenticity } = complaint
  const href = safeLink(url)
  const messages = exchange.byPerson + exchange.byBrand
  return el(
    'div',
    { class: `complaint${chosen ? ' chosen' : ''}` },
    choose !== null &&
      el(
        'label',
        { class: 'complaint-choice' },
        el('input', {
          type: 'checkbox',
          checked: chosen,
          tabIndex: active ? 0 : -1,
          onChange: () => choose(id),
        }),
        el('span', { class: 'hidden' }, 'Select'),
      ),
    el(
      'div',
      { class: 'complaint-body' },
      h(Tags, { complaint }),
      h(Words, { text: title === null ? text : `${title}. ${text}` }),
      el(
        'p',
        { class: 'quiet' },
        `${source}, `,
        h(TimeAndAgo, { at }),
        `, seen by ${numberText(reach)}`,
        messages > 1 && `, ${messages} public messages`,
        ' ',
        href !== null &&
          el(
            'a',
            { href, rel: 'noopener noreferrer nofollow', target: '_blank', tabIndex: active ? 0 : -1 },
            'Open the post',
          ),
      ),
      exchange.advice !== null && el('p', { class: 'complaint-advice' }, `${exchange.advice}.`),
      authenticity.reasons.length > 0 && el('p', { class: 'quiet', dir: 'auto' }, authenticity.reasons.join(' ')),
    ),
  )
})
