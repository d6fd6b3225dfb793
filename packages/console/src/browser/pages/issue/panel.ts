import type { FunctionComponent } from 'preact'
import type { Issue } from '../../views/issue.ts'
import type { Me } from '../../views/session.ts'

/** What each part of an issue is given; `refresh` reads everything of the issue anew, after a write. */
export type PanelProps = { issue: Issue; me: Me; refresh: () => Promise<void> }
export type Panel = FunctionComponent<PanelProps>
