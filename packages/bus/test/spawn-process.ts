import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The script at `path` in a process of its own; `onSaid` is given what it prints, a JSON value a line. */
export const spawnProcess = (path: string, spec: object, onSaid: (value: unknown) => void) => {
  const child = spawn(process.execPath, [path, JSON.stringify(spec)], { stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', (line) => onSaid(JSON.parse(line)))
  return {
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    },
  }
}
