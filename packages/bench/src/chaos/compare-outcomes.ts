import type { Outcome } from './outcome.ts'

/** How one kind of line differs: `lost` are expected and not there, `extra` are there and not expected. */
export type Difference = { kind: string; lost: readonly string[]; extra: readonly string[]; reordered: boolean }

/** What differs between what was expected and what came out, by kind; empty where they are the same byte for byte. */
export const compareOutcomes = (expected: Outcome, actual: Outcome, kinds = Object.keys(expected)): Difference[] =>
  kinds.flatMap((kind) => {
    const wanted = expected[kind] ?? []
    const found = actual[kind] ?? []
    const lost = without(wanted, found)
    const extra = without(found, wanted)
    const reordered = lost.length === 0 && extra.length === 0 && wanted.some((line, at) => line !== found[at])
    return lost.length > 0 || extra.length > 0 || reordered ? [{ kind, lost, extra, reordered }] : []
  })

/** Lines of the first that the second has not, as often as they are missing. */
const without = (lines: readonly string[], others: readonly string[]): string[] => {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}

const SHOWN = 5
const SHOWN_CHARS = 300

/** The differences for people, with a few of each. */
export const describeDifferences = (differences: readonly Difference[]): string =>
  differences.map((difference) => describeOne(difference).join('\n')).join('\n')

const describeOne = ({ kind, lost, extra, reordered }: Difference): string[] => {
  if (reordered) return [`${kind}: in another order`]
  const changed = lost.flatMap((line) => {
    const other = extra.find((one) => idOf(one) === idOf(line))
    return other === undefined ? [] : [{ line, other }]
  })
  const onlyLost = lost.filter((line) => !changed.some((pair) => pair.line === line))
  const onlyExtra = extra.filter((line) => !changed.some((pair) => pair.other === line))
  return [
    `${kind}: ${changed.length} changed, ${onlyLost.length} lost, ${onlyExtra.length} extra`,
    ...changed.slice(0, SHOWN).map(({ line, other }) => `  ${idOf(line)}  ${changedPaths(line, other).join('; ')}`),
    ...onlyLost.slice(0, SHOWN).map((line) => `  lost   ${line.slice(0, SHOWN_CHARS)}`),
    ...onlyExtra.slice(0, SHOWN).map((line) => `  extra  ${line.slice(0, SHOWN_CHARS)}`),
  ]
}

type Row = { brand?: string; id?: string }

const idOf = (line: string): string => {
  const { brand = '', id = '' } = JSON.parse(line) as Row
  return `${brand} ${id}`.trim()
}

/** Where two rows differ, as `path: expected → found`. */
const changedPaths = (expected: string, found: string): string[] => {
  const changes: string[] = []
  const walk = (path: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) === JSON.stringify(b) || changes.length === SHOWN) return
    if (isObject(a) && isObject(b))
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk(`${path}.${key}`, a[key], b[key])
    else changes.push(`${path.slice(1)}: ${shown(a)} → ${shown(b)}`)
  }
  walk('', JSON.parse(expected), JSON.parse(found))
  return changes
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, SHOWN_CHARS)
