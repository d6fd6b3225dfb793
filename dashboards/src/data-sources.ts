import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import { DatasourceVariableBuilder, VariableHide } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'

/** By variable, so that a dashboard works wherever these data sources have other names. */
export const PROMETHEUS = { type: 'prometheus', uid: '${prometheus}' }
export const POSTGRES = { type: 'grafana-postgresql-datasource', uid: '${postgres}' }

export const dataSourceVariables = (): DatasourceVariableBuilder[] => [
  new DatasourceVariableBuilder('prometheus').label('Prometheus').type('prometheus').hide(VariableHide.HideLabel),
  new DatasourceVariableBuilder('postgres')
    .label('PostgreSQL')
    .type('grafana-postgresql-datasource')
    .hide(VariableHide.HideLabel),
]

/** A series over time; `legend` as Grafana writes it. */
export const over = (expr: string, legend: string): DataqueryBuilder =>
  new DataqueryBuilder().datasource(PROMETHEUS).expr(expr).legendFormat(legend).range()

/** A value as of now. */
export const now = (expr: string, legend: string): DataqueryBuilder =>
  new DataqueryBuilder().datasource(PROMETHEUS).expr(expr).legendFormat(legend).instant()

/** One step of a heatmap of a histogram's buckets. */
export const buckets = (expr: string): DataqueryBuilder => over(expr, '{{le}}').format(PromQueryFormat.Heatmap)

/** SQL for Grafana's own PostgreSQL data source, which the SDK has no builder for. `time_series` wants a column `time`. */
export const sql = (rawSql: string, format: 'table' | 'time_series' = 'table'): Builder<Dataquery> => ({
  build: () => {
    const query = { refId: 'A', datasource: POSTGRES, format, editorMode: 'code', rawQuery: true, rawSql: tidy(rawSql) }
    return query as unknown as Dataquery
  },
})

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
