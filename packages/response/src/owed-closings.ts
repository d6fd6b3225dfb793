import type { Statement } from '@outcry/contracts'
import { channelKey } from './channel-key.ts'

type Said = readonly Pick<Statement, 'kind' | 'publications'>[]

const SAID_WHILE_IT_LASTED: ReadonlySet<Statement['kind']> = new Set(['holding', 'update', 'notice'])
const CLOSING: ReadonlySet<Statement['kind']> = new Set(['closing'])

/**
 * Channels on which people were told of the issue, and not yet that it is fixed; in the order they were used. `merged`:
 * what was said of each issue that was merged into it, which leaves its debts to this one.
 */
export const owedClosings = (statements: Said, merged: readonly Said[] = []): string[] => {
  const told = [statements, ...merged].flatMap(stillOwed).toSorted((one, other) => one.at - other.at)
  const closed = closedIn(statements)
  const owed = new Map<string, string>()
  for (const { channel } of told) {
    const key = channelKey(channel)
    if (!closed.has(key) && !owed.has(key)) owed.set(key, channel)
  }
  return [...owed.values()]
}

const stillOwed = (statements: Said) => {
  const closed = closedIn(statements)
  return publicationsOf(statements, SAID_WHILE_IT_LASTED).filter(({ channel }) => !closed.has(channelKey(channel)))
}

const closedIn = (statements: Said): ReadonlySet<string> =>
  new Set(publicationsOf(statements, CLOSING).map(({ channel }) => channelKey(channel)))

const publicationsOf = (statements: Said, kinds: ReadonlySet<Statement['kind']>) =>
  statements.filter(({ kind }) => kinds.has(kind)).flatMap(({ publications }) => publications)
