import { hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import { unreadable } from './open-input.ts'

const HEAD_BYTES = 1_024

/** How far a file was read: the last row's line, the byte after it, and the newest event time; and which file it was. */
export const FileCursor = Type.Object({
  line: Type.Integer({ minimum: 0 }),
  offset: Type.Integer({ minimum: 0 }),
  eventTime: Type.Integer({ minimum: 0 }),
  headBytes: Type.Integer({ minimum: 0 }),
  head: Type.String(),
  /** Whether `offset` counts the bytes on disk. */
  plain: Type.Boolean(),
})
export type FileCursor = Static<typeof FileCursor>

const isFileCursor = createGuard(FileCursor)

/**
 * Where to go on: the stored cursor if the file still begins with the bytes it began with and is no shorter, else its
 * start. Standard input is always new.
 */
export const resumeAt = async (path: string, stored: unknown): Promise<FileCursor & { replaced: boolean }> => {
  if (path === '-') return { ...START, head: hash('sha256', ''), replaced: false }
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  try {
    const { size } = await file.stat()
    const whole = isFileCursor(stored) && stored.offset > 0 && !(stored.plain && stored.offset > size)
    if (whole && (await headOf(file, stored.headBytes)) === stored.head) return { ...stored, replaced: false }
    const headBytes = Math.min(size, HEAD_BYTES)
    return { ...START, headBytes, head: await headOf(file, headBytes), replaced: stored !== null }
  } finally {
    await file.close()
  }
}

const START = { line: 0, offset: 0, eventTime: 0, headBytes: 0, plain: false }

const headOf = async (file: Awaited<ReturnType<typeof open>>, bytes: number): Promise<string> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
  return hash('sha256', buffer.subarray(0, bytesRead))
}
