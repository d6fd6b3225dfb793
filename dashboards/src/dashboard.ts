import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { issueAnnotations } from './annotations.ts'
import { dataSourceVariables } from './data-sources.ts'

const COLUMNS = 24

export type Outline = {
  uid: string
  title: string
  description: string
  from: string
  variables: readonly Builder<VariableModel>[]
  /** A heading and the panels below it. */
  rows: readonly { title: string; panels: readonly Builder<Panel>[] }[]
}

/**
 * Lays the panels out in lines of 24 columns. Rows and panels are numbered here: the SDK gives every row id 0, and Grafana
 * draws panels of one id over each other.
 */
export const dashboard = ({ uid, title, description, from, variables, rows }: Outline): Dashboard => {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['outcry'])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('30s')
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([...dataSourceVariables(), ...variables])
    .annotations(issueAnnotations())
    .links([
      new DashboardLinkBuilder('Outcry')
        .type(DashboardLinkType.Dashboards)
        .tags(['outcry'])
        .asDropdown(true)
        .includeVars(false)
        .keepTime(true),
    ])
  let id = 1
  let y = 0
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id(id++).gridPos({ x: 0, y: y++, w: COLUMNS, h: 1 }))
    let x = 0
    let tallest = 0
    for (const panel of row.panels.map((each) => each.build())) {
      const { w, h } = panel.gridPos!
      if (x + w > COLUMNS) {
        y += tallest
        x = 0
        tallest = 0
      }
      const placed: Panel = { ...panel, id: id++, gridPos: { x, y, w, h } }
      builder.withPanel({ build: () => placed })
      x += w
      tallest = Math.max(tallest, h)
    }
    y += tallest
  }
  return builder.build()
}
