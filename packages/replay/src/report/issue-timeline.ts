import { type Frame, timeAxis, timeScale } from './axis.ts'
import type { IssueReport } from './backtest-report.ts'
import { html, type Markup } from './markup.ts'

const ROW_PX = 24
const LABEL_CHARS = 46

/** One row an issue, from its onset to its last alert; the mark is when it opened, filled when it paged. */
export const issueTimeline = (
  issues: readonly (IssueReport & { number: number })[],
  fromMs: number,
  toMs: number,
): Markup => {
  const frame: Frame = { width: 1_000, left: 330, right: 988, top: 8, bottom: 8 + issues.length * ROW_PX }
  const scale = timeScale(fromMs, toMs, frame)
  const rows = issues.map((issue, row) => {
    const y = frame.top + row * ROW_PX + ROW_PX / 2
    const from = scale.x(Math.max(fromMs, issue.sinceMs))
    const to = Math.max(from + 2, scale.x(Math.max(issue.lastMs, issue.openedMs)))
    const name = `${issue.number}  ${issue.brand}: ${issue.label}`
    return html`<text class="row" x="0" y="${y + 4}"
        >${name.length > LABEL_CHARS ? `${name.slice(0, LABEL_CHARS - 1)}…` : name}</text
      >
      <line class="span ${issue.severity}" x1="${from}" x2="${to}" y1="${y}" y2="${y}" />
      <circle class="${issue.page ? 'paged' : 'held'}" cx="${scale.x(issue.openedMs)}" cy="${y}" r="6" />`
  })
  const title = `${issues.length} issues on a time line: bar from onset to last alert, filled circle paged, open circle held`
  return html`<svg viewBox="0 0 ${frame.width} ${frame.bottom + 24}" role="img" aria-label="${title}">
    <title>${title}</title>
    ${timeAxis(scale, frame)} ${rows}
  </svg>`
}
