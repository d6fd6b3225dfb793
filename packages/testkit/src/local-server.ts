import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'

/** A port of this machine's loopback that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'))
        else resolve(address.port)
      })
    })
  })

const READY_TRIES = 200

/** Resolves when `url` answers with a 2xx; throws when the process ends before, or after ten seconds. */
export const untilReady = async (child: ChildProcess, url: string): Promise<void> => {
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  throw new Error('the server did not become ready')
}
