import { h, type VNode } from 'preact'
import { button, el } from '../../kit/elements.ts'
import { useStore } from '../../kit/store.ts'
import { useReading } from '../../kit/use-reading.ts'
import { useBrands } from '../../shell/use-brands.ts'
import { session } from '../../sign-in/session.ts'
import type { Drill, DrillScenario } from '../../views/drill.ts'
import { askDrill, askEnd } from './ask-drill.ts'
import { DrillItem } from './drill-item.ts'

/** Drills that run with their times so far, a way to begin one, and the reports of those that are over. */
export const DrillPage = (): VNode => {
  const { me } = useStore(session)
  const { data: drills, fault } = useReading<{ items: Drill[] }>('/drills?limit=30')
  const { data: scenarios } = useReading<{ items: DrillScenario[] }>('/drills/scenarios')
  const brands = useBrands()
  const decides = me !== null && me.role !== 'viewer'
  const running = drills?.items.filter(({ endedAt }) => endedAt === null) ?? []
  const over = drills?.items.filter(({ endedAt }) => endedAt !== null) ?? []
  const list = (shown: readonly Drill[]) =>
    el(
      'ul',
      { class: 'drills' },
      shown.map((drill) => h(DrillItem, { key: drill.id, drill, end: decides ? askEnd : null })),
    )
  return el(
    'section',
    { class: 'drill-page', 'aria-labelledby': 'drill-title' },
    el('h2', { id: 'drill-title' }, 'Drill'),
    el(
      'p',
      { class: 'quiet' },
      'A made crisis to practise with: work through its issue as if it were real. Nothing of it is, and the brand is watched as ever.',
    ),
    decides &&
      scenarios !== null &&
      brands.length > 0 &&
      el(
        'div',
        { class: 'actions' },
        button('Begin a drill…', () => askDrill(brands, scenarios.items), { class: 'main' }),
      ),
    drills === null && el('p', { class: 'quiet' }, fault === null ? 'Reading…' : fault.message),
    running.length > 0 && list(running),
    drills !== null && running.length === 0 && el('p', { class: 'empty' }, 'No drill runs.'),
    over.length > 0 && el('h2', {}, 'Past drills'),
    over.length > 0 && list(over),
  )
}
