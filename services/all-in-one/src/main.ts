import { systemClock } from '@outcry/runtime'
import { runCli } from './run-cli.ts'
import { userDirectory } from './user-directory.ts'

const LINGER_MS = 250

// A reader that went away (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.stderr.on('error', () => undefined)

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  userDir: userDirectory(process.env, process.cwd()),
  clock: systemClock,
})

// By now everything is closed. What may still wait are the timers of kafkajs' retries: while its brokers are away it
// tries each request 30 times, for over a minute, and disconnecting does not end that.
setTimeout(() => process.exit(), LINGER_MS).unref()
