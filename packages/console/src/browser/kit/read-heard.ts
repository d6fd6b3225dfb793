import { ask, issuePath } from './api.ts'
import { amend, known, refresh } from './readings.ts'

type Listed = { id: string; state: string }
type List = { items: Listed[] }
/** Of more than so many the lists are read instead. */
const FEW = 5

const isList = (path: string): boolean => path.startsWith('/issues?')
/** Lists of drills are short, and what is heard may be of one. */
const isAbout =
  (ids: ReadonlySet<string>) =>
  (path: string): boolean => {
    if (path.startsWith('/drills?')) return true
    const id = /^\/issues\/([^/?]+)/.exec(path)?.[1]
    return id !== undefined && ids.has(decodeURIComponent(id))
  }

/** The issue as a list tells of it. */
const summaryOf = (listed: Listed, issue: Listed): Listed =>
  Object.fromEntries(Object.keys(listed).map((name) => [name, issue[name as keyof Listed]])) as Listed

/** Puts issues into the lists that hold them; false where one is in none, or is in another state than its list says. */
const placed = (issues: readonly Listed[]): boolean => {
  const found = new Set<string>()
  amend<List>(isList, ({ items, ...rest }) => {
    const now = items.map((listed) => {
      const issue = issues.find(({ id, state }) => id === listed.id && state === listed.state)
      if (issue === undefined) return listed
      found.add(issue.id)
      return summaryOf(listed, issue)
    })
    return { ...rest, items: now }
  })
  return issues.every(({ id }) => found.has(id))
}

const issueOf = async (id: string): Promise<Listed> => {
  const path = issuePath(id)
  return (known(path) as Listed | null) ?? ask<Listed>(path)
}

/**
 * Reads again what is shown of these issues, and them alone for the lists that hold them: a list of hundreds is read again
 * only where an issue came to it or left it, or where there is news of many.
 */
export const readHeard = async (ids: ReadonlySet<string>): Promise<void> => {
  await refresh(isAbout(ids))
  const issues = ids.size > FEW ? null : await Promise.all([...ids].map(issueOf)).catch(() => null)
  if (issues === null || !placed(issues)) await refresh(isList)
}
