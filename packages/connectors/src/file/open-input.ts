import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable, type Duplex } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { OutcryError } from '@outcry/contracts'

export type InputFormat = 'jsonl' | 'csv'
export type Input = {
  /** The path, or "stdin": what faults name. */
  file: string
  format: InputFormat
  /** Whether the bytes on disk are the bytes read, so that a byte offset can be read from again. */
  seekable: boolean
  /** Plain bytes, decompressed as they are read. Throws `INPUT_UNREADABLE` where the file is damaged. */
  stream: AsyncIterable<Uint8Array>
}

/**
 * Opens a file, or standard input for "-". Compression (gzip, zstd) is told by the first bytes, the format by the
 * suffix, else by the first character. `start` is a byte offset into a seekable file. Throws `INPUT_UNREADABLE`.
 */
export const openInput = async (
  path: string,
  options: { format?: InputFormat; stdin?: AsyncIterable<Uint8Array>; start?: number } = {},
): Promise<Input> => {
  const file = path === '-' ? 'stdin' : path
  const raw = path === '-' ? (options.stdin ?? process.stdin) : await openFile(path, options.start ?? 0)
  const packed = await peek(named(raw, file))
  const decoder = options.start ? null : decoderOf(packed.first)
  const plain = decoder === null ? packed : await peek(named(decoded(packed.all, decoder), file))
  const format = options.format ?? formatOfName(path) ?? formatOfStart(plain.first)
  return { file, format, seekable: path !== '-' && decoder === null, stream: plain.all }
}

const openFile = async (path: string, start: number): Promise<AsyncIterable<Uint8Array>> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  if (found.isDirectory())
    throw new OutcryError('INPUT_UNREADABLE', `${path} is a directory.`, { fix: 'Name a file in it.', exitCode: 2 })
  return createReadStream(path, { start, highWaterMark: 262_144 })
}

const decoderOf = (first: Uint8Array): Duplex | null => {
  if (first[0] === 0x1f && first[1] === 0x8b) return createGunzip()
  if (first[0] === 0x28 && first[1] === 0xb5 && first[2] === 0x2f && first[3] === 0xfd) return createZstdDecompress()
  return null
}

const decoded = (bytes: AsyncIterable<Uint8Array>, decoder: Duplex): AsyncIterable<Uint8Array> =>
  // The error of either side reaches the reader through the decoder, which pipeline destroys with it.
  pipeline(Readable.from(bytes), decoder, () => {})

const formatOfName = (path: string): InputFormat | null => {
  const name = path.toLowerCase().replace(/\.(gz|zst)$/, '')
  if (/\.(jsonl|ndjson|json)$/.test(name)) return 'jsonl'
  return /\.(csv|tsv)$/.test(name) ? 'csv' : null
}

const formatOfStart = (first: Uint8Array): InputFormat =>
  /^[\s\uFEFF]*[{[]/.test(Buffer.from(first.subarray(0, 1_024)).toString('utf8')) ? 'jsonl' : 'csv'

/** The first non-empty chunk, and everything including it. */
const peek = async (
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ first: Uint8Array; all: AsyncIterable<Uint8Array> }> => {
  const reader = bytes[Symbol.asyncIterator]()
  let next = await reader.next()
  while (!next.done && next.value.length === 0) next = await reader.next()
  const first = next.done ? new Uint8Array() : next.value
  const all = async function* () {
    try {
      while (!next.done) {
        yield next.value
        next = await reader.next()
      }
    } finally {
      await reader.return?.()
    }
  }
  return { first, all: all() }
}

const named = async function* (bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw cause instanceof OutcryError ? cause : unreadable(file, cause)
  }
}

/** The error of a file that is missing, forbidden or damaged. */
export const unreadable = (file: string, cause: unknown): OutcryError => {
  const { code, message } = cause as NodeJS.ErrnoException
  const fix =
    code === 'ENOENT'
      ? 'Check the path.'
      : code === 'EACCES'
        ? 'Give this user the right to read it.'
        : 'Check that the file is whole: it may be cut short or damaged.'
  return new OutcryError('INPUT_UNREADABLE', `${file} cannot be read: ${message}`, { fix, exitCode: 2, cause })
}
