import { createRequire } from 'node:module'
import kafkajs from 'kafkajs'

type Codec = {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>
  decompress(buffer: Buffer): Promise<Buffer>
}

const require = createRequire(import.meta.url)

/** Loaded at its first use: the library of LZ4 is a native one that exists for the usual platforms only. */
const loaded = (load: () => Codec) => () => {
  try {
    return load()
  } catch (error) {
    throw new kafkajs.KafkaJSNonRetriableError(
      `Records of the topic are compressed in a way that cannot be read on this platform (${String(error)}); ` +
        'set compression.type=zstd on the topic and let the records there run out',
    )
  }
}

/**
 * Outcry writes zstd. What others write, or a broker whose topic has another `compression.type` makes of it, is read
 * too: without these codecs kafkajs gives up on the first such record, for ever.
 */
export const installForeignCodecs = (): void => {
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs
  codecs[types.Snappy] = loaded(() => (require('kafkajs-snappy') as () => Codec)())
  codecs[types.LZ4] = loaded(() => new (require('@2l/kafkajs-lz4') as new () => { codec(): Codec })().codec())
}
