import { spawn } from 'node:child_process'
import type { ClusterUser } from './cluster-user.ts'

export type CommandResult = { code: number; output: string }

const MAX_OUTPUT_CHARS = 20_000
/** How long a failed program's last words are waited for. */
const LAST_WORDS_MS = 500

/** Runs a program to its end, as the given user, and returns what it said. */
export const runCommand = (
  path: string,
  args: readonly string[],
  options: { user: ClusterUser | null; cwd: string },
): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const { user, cwd } = options
    const child = spawn(path, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    })
    let output = ''
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-MAX_OUTPUT_CHARS))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    // The daemon that pg_ctl leaves behind may hold the pipes open, so 'close' may never come: a moment is enough.
    child.on('exit', (code, signal) => {
      const finish = () => {
        clearTimeout(timer)
        child.stdout.destroy()
        child.stderr.destroy()
        resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output })
      }
      const timer = setTimeout(finish, code === 0 ? 0 : LAST_WORDS_MS)
      child.once('close', finish)
    })
  })
