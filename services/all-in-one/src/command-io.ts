import type { Readable, Writable } from 'node:stream'
import type { Clock } from '@outcry/runtime'

/** Everything a command has of the world. Data goes to files or `stdout`, messages to `stderr`. */
export type CommandIo = {
  stdin: Readable
  stdout: Writable
  stderr: Writable & { isTTY?: boolean; columns?: number }
  env: Readonly<Record<string, string | undefined>>
  /** Where outcry.yaml and the data directory are. */
  cwd: string
  /** What paths on the command line are relative to; npm runs a script at the root of the checkout, wherever one stands. */
  userDir: string
  clock: Clock
}
