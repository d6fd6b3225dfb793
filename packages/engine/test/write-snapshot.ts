/**
 * Writes the state of a made brand in the middle of a burst, in the present version, beside those of earlier ones.
 * `node packages/engine/test/write-snapshot.ts`, once after SNAPSHOT_VERSION was raised; commit what it writes.
 */
import { writeFileSync } from 'node:fs'
import { constants, zstdCompressSync } from 'node:zlib'
import { createPartitionEngine } from '../src/index.ts'
import { burstCutInHalf } from './burst-cut-in-half.ts'

const engine = createPartitionEngine({ idKey: '0102' })
const { before, appendedAtMs } = burstCutInHalf()
before.forEach((record, position) => engine.apply(position, appendedAtMs, record))
const { version, body } = engine.snapshots()[0]!
const path = new URL(`snapshots/${version}.zst`, import.meta.url)
writeFileSync(path, zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }))
process.stdout.write(`version ${version}, ${body.length} bytes\n`)
