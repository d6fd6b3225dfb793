import { readFileSync } from 'node:fs'
import { OutcryError } from '@outcry/contracts'

/** Whom PostgreSQL runs as when that is not the current user. */
export type ClusterUser = { name: string; uid: number; gid: number }

const CANDIDATES = ['postgres', 'nobody']

/** PostgreSQL refuses to run as root: an existing user without privileges runs it then. Null: run as ourselves. */
export const chooseClusterUser = (): ClusterUser | null => {
  if (process.getuid?.() !== 0) return null
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const wanted of CANDIDATES) {
    const [name, , uid, gid] = users.find(([name]) => name === wanted) ?? []
    if (name && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) }
  }
  throw new OutcryError('DATABASE_NO_USER', 'PostgreSQL refuses to run as root, and no unprivileged user exists', {
    fix: 'Run Outcry as an ordinary user, add a user named postgres, or set DATABASE_URL.',
  })
}
