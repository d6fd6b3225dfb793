import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { SentPosts } from './post-server.ts'

/** A firehose: `perSecond` posts a second, 0 for as fast as they are read; one in `1 / share` names a brand. */
export type Firehose = { brands: readonly string[]; share: number; perSecond: number }

/** The core that is measured; everything else runs on the others. */
export const MEASURED_CORE = 1
const OTHER_CORE = 0

/** Holds a process with all its threads to one core; what it starts from now on is held with it. */
export const holdToCore = (pid: number, core: number): void => {
  const done = spawnSync('taskset', ['-acp', String(core), String(pid)])
  if (done.status !== 0) throw new Error(`taskset failed: ${String(done.stderr)}`)
}

export const startNode = (script: string, args: readonly string[]) => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  child.stdout.setEncoding('utf8')
  return child
}

export const startPosts = async ({ brands, share, perSecond }: Firehose) => {
  const server = startNode('post-server.ts', [brands.join(','), String(share), String(perSecond)])
  const [port] = (await once(server.stdout, 'data')) as [string]
  const address = `127.0.0.1:${port.trim()}`
  holdToCore(server.pid!, OTHER_CORE)
  const ask = async (what: string): Promise<SentPosts> =>
    (await (await fetch(`http://${address}/${what}`)).json()) as SentPosts
  return {
    url: `ws://${address}/subscribe`,
    sent: () => ask('sent'),
    /** Sends no more, and leaves the connection open. */
    end: () => ask('stop'),
    stop: async () => {
      server.kill()
      await once(server, 'exit')
    },
  }
}
