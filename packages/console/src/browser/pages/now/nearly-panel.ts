import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { useMinute } from '../../kit/minute.ts'
import { Ago } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import { durationText, numberText, peopleText } from '../../kit/wording.ts'
import type { Nearly } from '../../views/issue.ts'

const DAY_MS = 86_400_000

const Item = ({ burst }: { burst: Nearly }): VNode => {
  const [decided = '', ...others] = burst.reasons
  return el(
    'li',
    {},
    el('b', { dir: 'auto' }, burst.label),
    el('span', { class: 'quiet' }, ` ${burst.brand}, `, h(Ago, { at: burst.since })),
    el('p', { dir: 'auto' }, decided),
    el(
      'details',
      {},
      el(
        'summary',
        {},
        `${peopleText(burst.observed)} in ${durationText(burst.windowMs)}, ${numberText(burst.expected)} expected`,
      ),
      el(
        'ul',
        { class: 'reasons' },
        others.map((reason) => el('li', { key: reason, dir: 'auto' }, reason)),
      ),
    ),
  )
}

/** What came near and opened nothing, so that nobody has to wonder whether it was seen. */
export const NearlyPanel = memo(({ brandQuery }: { brandQuery: string }): VNode | null => {
  const now = useMinute() * 60_000
  const { data } = useReading<{ items: Nearly[] }>(`/suppressed?limit=10${brandQuery}`)
  if (data === null) return null
  const lately = data.items.filter(({ at }) => now - Date.parse(at) < DAY_MS)
  if (lately.length === 0) return el('p', { class: 'quiet' }, 'Nothing came near to an issue in the last 24 hours.')
  return el(
    'ul',
    { class: 'nearly' },
    lately.map((burst) => h(Item, { key: burst.id, burst })),
  )
})
