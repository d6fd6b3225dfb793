import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type MemberSpec = { topic: string; group: string } & (
  | { driver: 'postgres'; url: string }
  | { driver: 'kafka'; brokers: string[]; topicPrefix: string }
)
export type MemberEvent = { type: 'assigned' | 'records' | 'revoked' | 'gap'; partition: number; positions: number[] }

/** Starts a member in another process; `events` grows as it tells what happens to it. */
export const spawnMember = (spec: MemberSpec) => {
  const script = fileURLToPath(new URL('member-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(spec)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const events: MemberEvent[] = []
  createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line) as MemberEvent))
  return {
    events,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}
