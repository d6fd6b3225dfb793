import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ClusterUser } from './cluster-user.ts'

const mayEnter = (directory: string, user: ClusterUser): boolean => {
  const { mode, uid, gid } = statSync(directory)
  if (uid === user.uid) return (mode & 0o100) !== 0
  return (mode & (gid === user.gid ? 0o010 : 0o001)) !== 0
}

/** Whether the user can walk to an existing directory: every directory on the way must let it pass. */
export const reachableBy = (directory: string, user: ClusterUser): boolean => {
  for (let at = directory; ; at = dirname(at)) {
    if (!mayEnter(at, user)) return false
    if (at === dirname(at)) return true
  }
}
