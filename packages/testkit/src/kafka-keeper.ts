import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startKafka } from './kafka.ts'
import { sharedKafkaFolder } from './kafka-shared.ts'

/** How long the broker outlives its last user, so that the next run need not start one. */
const IDLE_MS = 5_000

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const anyUser = async (folder: string): Promise<boolean> => {
  let found = false
  for (const name of await readdir(folder)) {
    if (isAlive(Number(name))) found = true
    else await rm(join(folder, name), { force: true })
  }
  return found
}

// The process behind `sharedKafka`: starts a broker, says where it is, and ends it when nobody is left.
const folder = sharedKafkaFolder()
const users = join(folder, 'users')
await mkdir(users, { recursive: true })
const kafka = await startKafka()
const shown = join(folder, 'broker.json')
const show = async () => {
  await writeFile(`${shown}.new`, JSON.stringify({ brokers: kafka.brokers }))
  await rename(`${shown}.new`, shown)
}
await show()

const asked = new AbortController()
process.on('SIGTERM', () => asked.abort())
process.on('SIGINT', () => asked.abort())
for (let lastUsed = Date.now(); !asked.signal.aborted;) {
  await sleep(500)
  if (await anyUser(users)) lastUsed = Date.now()
  if (Date.now() - lastUsed < IDLE_MS) continue
  // A user first leaves its file, then looks for the broker: whoever came just now is seen here.
  await rm(shown, { force: true })
  if (!(await anyUser(users))) break
  await show()
}
await rm(shown, { force: true })
await kafka.stop()
