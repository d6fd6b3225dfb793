import type { Statement } from '@outcry/contracts'

const SAID_WHILE_IT_LASTED: ReadonlySet<Statement['kind']> = new Set(['holding', 'update', 'notice'])

/** Channels on which people were told of the issue, and not yet that it is fixed; in the order they were used. */
export const owedClosings = (statements: readonly Pick<Statement, 'kind' | 'publications'>[]): string[] => {
  const channelsOf = (isOf: (kind: Statement['kind']) => boolean) =>
    statements
      .filter(({ kind }) => isOf(kind))
      .flatMap(({ publications }) => publications)
      .toSorted((one, other) => one.at - other.at)
      .map(({ channel }) => channel)
  const closed = new Set(channelsOf((kind) => kind === 'closing'))
  return [...new Set(channelsOf((kind) => SAID_WHILE_IT_LASTED.has(kind)))].filter((channel) => !closed.has(channel))
}
