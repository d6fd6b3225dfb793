import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import type { CommandIo } from './command-io.ts'
import { fileTarget, makeDirectory, unwritableAs } from './output-place.ts'

/** Where a command's data goes. `close` puts the whole file in place at once; `abandon` leaves no trace. */
export type Output = {
  write(text: string): Promise<void>
  close(): Promise<void>
  abandon(): Promise<void>
}

const BUFFERED_CHARS = 65_536

/**
 * Opens `path` for writing through a temporary file beside it, a device or pipe as it is, or standard output for "-".
 * Throws `OUTPUT_UNWRITABLE`.
 */
export const openOutput = async (path: string, io: CommandIo): Promise<Output> => {
  if (path === '-')
    return buffered(
      io.stdout,
      async () => undefined,
      async () => undefined,
    )
  const { target, inPlace } = await fileTarget(resolve(io.userDir, path), path)
  const temporary = inPlace ? target : join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  const stream = createWriteStream(temporary, { flags: 'w' })
  const failure = new Promise<never>((_done, fail) => {
    stream.once('error', (error) => fail(unwritableAs(path, error)))
  })
  // Nobody may be waiting at the moment it fails.
  failure.catch(() => undefined)
  await Promise.race([once(stream, 'open'), failure])
  return buffered(
    stream,
    async () => {
      stream.end()
      await Promise.race([finished(stream), failure])
      if (inPlace) return
      await rename(temporary, target).catch((error: NodeJS.ErrnoException) => {
        throw unwritableAs(path, error)
      })
    },
    async () => {
      stream.destroy()
      if (!inPlace) await rm(temporary, { force: true })
    },
    failure,
  )
}

/** Makes a directory for outputs where it is missing. */
export const ensureDirectory = async (path: string, io: CommandIo): Promise<string> => {
  const target = resolve(io.userDir, path)
  await makeDirectory(target, path)
  return target
}

/** Runs `work` with the outputs; puts all in place when it returns, none when it throws. */
export const withOutputs = async <T>(outputs: readonly Output[], work: () => Promise<T>): Promise<T> => {
  try {
    const result = await work()
    for (const output of outputs) await output.close()
    return result
  } catch (error) {
    for (const output of outputs) await output.abandon()
    throw error
  }
}

const buffered = (
  stream: NodeJS.WritableStream,
  close: () => Promise<void>,
  abandon: () => Promise<void>,
  failure?: Promise<never>,
): Output => {
  let held = ''
  const flush = async () => {
    const text = held
    held = ''
    if (text === '' || stream.write(text)) return
    const drained = once(stream, 'drain')
    await (failure === undefined ? drained : Promise.race([drained, failure]))
  }
  return {
    write: async (text) => {
      held += text
      if (held.length >= BUFFERED_CHARS) await flush()
    },
    close: async () => {
      await flush()
      await close()
    },
    abandon,
  }
}
