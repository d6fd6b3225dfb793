import {
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PROMETHEUS } from './data-sources.ts'

const all = (name: string, label: string, query: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(PROMETHEUS)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] })

export const brandVariable = (): QueryVariableBuilder =>
  all('brand', 'Brand', 'label_values(outcry_issues_active, brand)')

export const sourceVariable = (): QueryVariableBuilder =>
  all('source', 'Source', 'label_values(outcry_source_state, source)')

/** Set by the links of other dashboards; empty means the newest issue. */
export const issueVariable = (): TextBoxVariableBuilder =>
  new TextBoxVariableBuilder('issue').label('Issue id (empty: the newest)').defaultValue('')
