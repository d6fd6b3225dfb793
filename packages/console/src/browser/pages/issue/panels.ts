import type { Issue } from '../../views/issue.ts'
import { MutePanel } from '../../mutes/mute-panel.ts'
import { AfterPanel } from './after/after-panel.ts'
import { ClocksPanel } from './clocks/clocks-panel.ts'
import { ComplaintsPanel } from './complaints/complaints-panel.ts'
import { DecisionsPanel } from './decisions-panel.ts'
import { DrillPanel } from './drill/drill-panel.ts'
import { FiguresPanel } from './figures-panel.ts'
import { MergedPanel } from './merged-panel.ts'
import { NoticesPanel } from './notices/notices-panel.ts'
import type { Panel } from './panel.ts'
import { PlaybookPanel } from './playbook/playbook-panel.ts'
import { PostsPanel } from './posts-panel.ts'
import { ReasonsPanel } from './reasons-panel.ts'
import { SeriesPanel } from './series-panel.ts'
import { StatementsPanel } from './statements/statements-panel.ts'
import { TimelinePanel } from './timeline-panel.ts'
import { VoicesPanel } from './voices/voices-panel.ts'
import { WhyPanel } from './why-panel.ts'

/** A part of an issue; `title` names it where people jump to it, as far as it `isThere`. */
export type Part = { name: string; panel: Panel; title?: string; isThere?: (issue: Issue) => boolean }

/** What stands above everything: what it is, and what can be decided. */
export const FIRST_PARTS: readonly Part[] = [
  { name: 'merged', panel: MergedPanel },
  { name: 'drill', panel: DrillPanel },
  { name: 'decisions', panel: DecisionsPanel },
]

/** What is to be done by when, then what was seen, and last how it went. */
export const PARTS: readonly Part[] = [
  { name: 'clocks', panel: ClocksPanel, title: 'Due', isThere: ({ clocks }) => clocks.length > 0 },
  { name: 'mutes', panel: MutePanel },
  { name: 'why', panel: WhyPanel },
  { name: 'playbook', panel: PlaybookPanel, title: 'What it is about' },
  { name: 'statements', panel: StatementsPanel, title: 'What we say' },
  { name: 'notices', panel: NoticesPanel },
  { name: 'complaints', panel: ComplaintsPanel, title: 'Complaints' },
  { name: 'reasons', panel: ReasonsPanel, title: 'Why this is an issue' },
  { name: 'series', panel: SeriesPanel },
  { name: 'figures', panel: FiguresPanel },
  {
    name: 'posts',
    panel: PostsPanel,
    title: 'What people say',
    isThere: ({ exemplars }) => exemplars.length > 0,
  },
  { name: 'voices', panel: VoicesPanel },
  { name: 'after', panel: AfterPanel, title: 'Afterwards' },
  { name: 'timeline', panel: TimelinePanel, title: 'What happened' },
]
