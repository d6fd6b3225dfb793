import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import kafkajs from 'kafkajs'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)
/** A fetch holds about a megabyte; more than this of text behind it is not ours. */
const MAX_DECOMPRESSED_BYTES = 268_435_456
/** Each chunk is a turn of the thread pool and a copy: with the default of 16 KiB a batch takes tens of them. */
const CHUNK_BYTES = 65_536

/** Teaches kafkajs zstd through node:zlib; the published codec does not build on current Node. */
export const installZstd = (): void => {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: (encoder: { buffer: Buffer }) =>
      compress(encoder.buffer, { chunkSize: CHUNK_BYTES, params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    decompress: (buffer: Buffer) =>
      decompress(buffer, { chunkSize: CHUNK_BYTES, maxOutputLength: MAX_DECOMPRESSED_BYTES }),
  })
}
