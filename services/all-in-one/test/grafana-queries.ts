import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

type Target = { refId: string; expr?: string; rawSql?: string; instant?: boolean }
type Variable = { name: string; type: string; query?: string | { query: string } }
type Board = {
  uid: string
  panels: { title: string; targets?: Target[] }[]
  templating: { list: Variable[] }
  annotations: { list: { name: string; target?: Target }[] }
}

const FOLDER = resolve(import.meta.dirname, '../../../dashboards')

const boards = () =>
  globSync('*.json', { cwd: FOLDER }).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Board)

/** Every query of every committed dashboard, with where it stands. */
export const grafanaQueries = () =>
  boards().flatMap((board) => [
    ...board.panels.flatMap(({ title, targets = [] }) =>
      targets.map((target) => ({ where: `${board.uid}: ${title} ${target.refId}`, ...target })),
    ),
    ...board.annotations.list.flatMap(({ name, target }) =>
      target === undefined ? [] : [{ where: `${board.uid}: ${name}`, ...target }],
    ),
  ])

/** Variables that dashboards fill from Prometheus, as the metric and label they are read from. */
export const grafanaVariables = () =>
  boards().flatMap((board) =>
    board.templating.list.flatMap(({ name, type, query }) => {
      if (type !== 'query' || typeof query !== 'object') return []
      const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(query.query)!
      return [{ name, metric: metric!, label: label! }]
    }),
  )

/** PromQL as Grafana would send it, with every value of each variable chosen. */
export const asPromQl = (expr: string, values: ReadonlyMap<string, readonly string[]>): string =>
  expr.replaceAll('$__rate_interval', '10s').replaceAll(/\$(\w+)/g, (_, name: string) =>
    values
      .get(name)!
      .map((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
  )

/** SQL as Grafana would send it for the last day. */
export const asSql = (text: string, values: ReadonlyMap<string, readonly string[]>): string =>
  text
    .replaceAll(/\$__timeFilter\((.+?)\)/g, "$1 BETWEEN now() - interval '1 day' AND now()")
    .replaceAll(/\$\{(\w+):sqlstring\}/g, (_, name: string) =>
      (values.get(name) ?? ['']).map((value) => `'${value.replaceAll("'", "''")}'`).join(','),
    )
