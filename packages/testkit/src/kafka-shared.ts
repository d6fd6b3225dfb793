import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { answersKafka } from './kafka.ts'
import { kafkaVersion } from './kafka-jars.ts'

/** Where the keeper and its users meet: `broker.json`, the lock, and one file for each process that needs the broker. */
export const sharedKafkaFolder = (): string => join(tmpdir(), `outcry-test-kafka-${kafkaVersion()}-${userInfo().uid}`)

const START_TIMEOUT_MS = 240_000
const STALE_LOCK_MS = 300_000

/**
 * The broker that all test files of a run share: started by whoever asks first, in a process of its own that ends it a
 * few seconds after the last run that asked has gone, however that run ended.
 */
export const sharedKafka = async (): Promise<{ brokers: string[] }> => {
  const folder = sharedKafkaFolder()
  const users = join(folder, 'users')
  await mkdir(users, { recursive: true, mode: 0o700 })
  // Workers of a test runner come and go; the runner itself lives as long as the run.
  for (const pid of process.env['VITEST'] ? [process.pid, process.ppid] : [process.pid]) {
    await writeFile(join(users, `${pid}`), '')
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const running = await runningBroker(folder)
    if (running) return running
    if (await takeLock(join(folder, 'lock'))) {
      try {
        if (!(await runningBroker(folder))) await startKeeper(folder, deadline)
      } finally {
        await rm(join(folder, 'lock'), { force: true })
      }
    } else {
      if (Date.now() > deadline) throw new Error(`No broker after ${START_TIMEOUT_MS} ms; see ${folder}/keeper.log`)
      await sleep(200)
    }
  }
}

const runningBroker = async (folder: string): Promise<{ brokers: string[] } | null> => {
  const text = await readFile(join(folder, 'broker.json'), 'utf8').catch(() => '')
  if (text === '') return null
  const { brokers } = JSON.parse(text) as { brokers: string[] }
  return (await answersKafka(Number(brokers[0]!.split(':')[1]))) ? { brokers } : null
}

const takeLock = async (path: string): Promise<boolean> => {
  const age = await stat(path).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  )
  if (age > STALE_LOCK_MS) await rm(path, { force: true })
  return writeFile(path, `${process.pid}`, { flag: 'wx' }).then(
    () => true,
    () => false,
  )
}

const startKeeper = async (folder: string, deadline: number) => {
  await rm(join(folder, 'broker.json'), { force: true })
  const log = openSync(join(folder, 'keeper.log'), 'w')
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('kafka-keeper.ts', import.meta.url))], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  keeper.unref()
  while (!(await runningBroker(folder))) {
    if (keeper.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The broker did not start: ${await readFile(join(folder, 'keeper.log'), 'utf8')}`)
    }
    await sleep(100)
  }
}
