import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Most bytes of one brand's state. What is larger is not kept, and the brand is read from the log after a restart. */
export const MAX_SNAPSHOT_BYTES = 268_435_456

/** Bytes of a state as the database keeps them; made by threads beside the event loop. */
export const compressSnapshot = (body: Uint8Array): Promise<Buffer> =>
  compress(body, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })

/** What zstd begins with; earlier snapshots were stored as they are. */
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd]

/** The bytes of the state again; rejects damaged ones. */
export const expandSnapshot = async (stored: Uint8Array): Promise<Uint8Array> => {
  const compressed = ZSTD_MAGIC.every((byte, at) => stored[at] === byte)
  // The driver and zlib hand out Buffers on shared memory, whose `slice` does not copy; pure code expects plain bytes.
  return new Uint8Array(compressed ? await decompress(stored, { maxOutputLength: MAX_SNAPSHOT_BYTES }) : stored)
}
