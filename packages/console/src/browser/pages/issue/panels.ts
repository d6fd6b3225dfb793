import { ComplaintsPanel } from './complaints/complaints-panel.ts'
import { ClocksPanel } from './clocks/clocks-panel.ts'
import { MutePanel } from '../../mutes/mute-panel.ts'
import { DecisionsPanel } from './decisions-panel.ts'
import { DrillPanel } from './drill/drill-panel.ts'
import { FiguresPanel } from './figures-panel.ts'
import type { Panel } from './panel.ts'
import { NoticesPanel } from './notices/notices-panel.ts'
import { PlaybookPanel } from './playbook/playbook-panel.ts'
import { PostsPanel } from './posts-panel.ts'
import { ReasonsPanel } from './reasons-panel.ts'
import { SeriesPanel } from './series-panel.ts'
import { StatementsPanel } from './statements/statements-panel.ts'
import { TimelinePanel } from './timeline-panel.ts'
import { VoicesPanel } from './voices/voices-panel.ts'
import { WhyPanel } from './why-panel.ts'
import { AfterPanel } from './after/after-panel.ts'

/** The parts of an issue in their order, by a name of their own. */
export const PANELS: readonly (readonly [name: string, panel: Panel])[] = [
  ['drill', DrillPanel],
  ['decisions', DecisionsPanel],
  ['clocks', ClocksPanel],
  ['mutes', MutePanel],
  ['why', WhyPanel],
  ['reasons', ReasonsPanel],
  ['series', SeriesPanel],
  ['figures', FiguresPanel],
  ['posts', PostsPanel],
  ['voices', VoicesPanel],
  ['playbook', PlaybookPanel],
  ['statements', StatementsPanel],
  ['notices', NoticesPanel],
  ['complaints', ComplaintsPanel],
  ['after', AfterPanel],
  ['timeline', TimelinePanel],
]
