import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import { BigValueColorMode, BigValueGraphMode, ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common'
import {
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as BarPanel } from '@grafana/grafana-foundation-sdk/bargauge'
import { PanelBuilder as HeatmapPanel } from '@grafana/grafana-foundation-sdk/heatmap'
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as TimePanel } from '@grafana/grafana-foundation-sdk/timeseries'
import { POSTGRES, PROMETHEUS } from './data-sources.ts'

/** What a panel is asked, and with what. `width` of 24 columns; `unit` as Grafana names it. */
export type Question = {
  title: string
  /** The question that the panel answers, as its description. */
  asks: string
  queries: readonly Builder<Dataquery>[]
  width: number
  height?: number
  unit?: string
  /** From this value on it is yellow, from the next on red. */
  warn?: number
  bad?: number
}

type Shared = {
  title(text: string): Shared
  description(text: string): Shared
  datasource(ref: { type: string; uid: string }): Shared
  span(width: number): Shared
  height(rows: number): Shared
  unit(name: string): Shared
  thresholds(config: ThresholdsConfigBuilder): Shared
  targets(queries: Builder<Dataquery>[]): Shared
}

const thresholdsOf = ({ warn, bad }: Question): ThresholdsConfigBuilder => {
  const steps: Threshold[] = [{ value: null, color: 'green' }]
  if (warn !== undefined) steps.push({ value: warn, color: 'yellow' })
  if (bad !== undefined) steps.push({ value: bad, color: 'red' })
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}

const withRefs = (queries: readonly Builder<Dataquery>[]): Builder<Dataquery>[] =>
  queries.map((query, n) => ({ build: () => ({ ...query.build(), refId: String.fromCodePoint(65 + n) }) }))

const filled = <T extends Builder<Panel>>(panel: T & Shared, question: Question, height: number): T => {
  panel
    .title(question.title)
    .description(question.asks)
    .datasource(PROMETHEUS)
    .span(question.width)
    .height(question.height ?? height)
    .thresholds(thresholdsOf(question))
    .targets(withRefs(question.queries))
  if (question.unit !== undefined) panel.unit(question.unit)
  return panel
}

/** One number, or one a series. */
export const stat = (question: Question): StatPanel =>
  filled(new StatPanel(), question, 4)
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))

/** Lines over time. */
export const lines = (question: Question): TimePanel => filled(new TimePanel(), question, 8).fillOpacity(8)

/** Bars, one a series or row. */
export const bars = (question: Question): BarPanel =>
  filled(new BarPanel(), question, 8).reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(true))

/** How values spread over the buckets of a histogram. */
export const heatmap = (question: Question): HeatmapPanel => filled(new HeatmapPanel(), question, 8)

/** Rows of the database; a column `issue` links to the dashboard of that issue. */
export const rows = (question: Question): TablePanel =>
  filled(new TablePanel(), question, 8)
    .datasource(POSTGRES)
    .filterable(true)
    .overrideByName('issue', [
      { id: 'links', value: [{ title: 'Open the issue', url: '/d/outcry-issue?var-issue=${__value.raw}' }] },
    ])
