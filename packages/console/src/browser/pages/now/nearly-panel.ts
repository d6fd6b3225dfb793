import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { useMinute } from '../../kit/minute.ts'
import { Ago } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import { durationText, numberText, peopleText } from '../../kit/wording.ts'
import { isDrill, useBrandName } from '../../shell/use-brands.ts'
import type { Nearly } from '../../views/issue.ts'

const DAY_MS = 86_400_000
const MOST = 10
/** Of which some may be of drills. */
const READ = 50

const Item = ({ burst }: { burst: Nearly }): VNode => {
  const [decided = '', ...others] = burst.reasons
  const brandName = useBrandName(burst.brand)
  return el(
    'li',
    {},
    el('b', { dir: 'auto' }, burst.label),
    el('span', { class: 'quiet' }, ` ${brandName}, `, h(Ago, { at: burst.since })),
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

/** What came near and opened nothing, so that nobody has to wonder whether it was seen; made bursts of drills are no news. */
export const NearlyPanel = memo(({ brandQuery }: { brandQuery: string }): VNode | null => {
  const now = useMinute() * 60_000
  const { data } = useReading<{ items: Nearly[] }>(`/suppressed?limit=${READ}${brandQuery}`)
  if (data === null) return null
  const lately = data.items.filter(({ brand, at }) => !isDrill(brand) && now - Date.parse(at) < DAY_MS).slice(0, MOST)
  if (lately.length === 0) return el('p', { class: 'quiet' }, 'Nothing came near to an issue in the last 24 hours.')
  return el(
    'ul',
    { class: 'nearly' },
    lately.map((burst) => h(Item, { key: burst.id, burst })),
  )
})
