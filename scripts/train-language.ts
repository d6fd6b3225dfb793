/**
 * Trains the language model: `node scripts/train-language.ts --data DIR [--out FILE]`.
 *
 * DIR holds xed/ and goemotions/ as docs/model-card.md describes. The same data gives the same file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LANGUAGE_BUCKETS, LATIN_LANGUAGES, languageBuckets } from '../packages/text/src/language-terms.ts'
import { words } from '../packages/text/src/words.ts'
import { quantise } from './train-logistic.ts'
import { seededRandom, shuffle } from './train-random.ts'
import { templateSamples } from './train-samples.ts'
import { hinglishWords } from './train-templates/hinglish.ts'

const EPOCHS = 3
const RATE = 0.2
const SEED = 11
const MAX_PER_LANGUAGE = 20_000
const HINGLISH_SENTENCES = 6_000
const XED_FILES = {
  br: 'pt',
  de: 'de',
  en: 'en',
  es: 'es',
  fr: 'fr',
  it: 'it',
  nl: 'nl',
  pl: 'pl',
  pt: 'pt',
  sv: 'sv',
  tr: 'tr',
}

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    out: {
      type: 'string',
      default: new URL('../packages/text/src/language-weights.json', import.meta.url).pathname,
    },
  },
})
if (!options.data) {
  process.stderr.write('Say where the training sets are: node scripts/train-language.ts --data DIR\n')
  process.exit(2)
}
const data = options.data
const random = seededRandom(SEED)

type LanguageExample = { readonly buckets: Uint32Array; readonly language: number }

function texts(): Map<string, string[]> {
  const found = new Map<string, string[]>(LATIN_LANGUAGES.map((language) => [language, []]))
  const linesOf = (...path: string[]) => readFileSync(join(data, ...path), 'utf8').split(/\r?\n/)
  for (const [file, language] of Object.entries(XED_FILES))
    found.get(language)!.push(...linesOf('xed', `${file}.tsv`).map((line) => line.split('\t')[0]!))
  found.get('en')!.push(...linesOf('goemotions', 'train.tsv').map((line) => line.split('\t')[0]!))
  for (const { lang, text } of templateSamples()) if (random() < 0.3) found.get(lang)?.push(text)
  for (let i = 0; i < HINGLISH_SENTENCES; i++) {
    const length = 3 + Math.floor(random() * 12)
    const sentence = Array.from({ length }, () => hinglishWords[Math.floor(random() * hinglishWords.length)]!)
    found.get('hi')!.push(sentence.join(' '))
  }
  return found
}

function examples(): LanguageExample[] {
  return [...texts()].flatMap(([language, lines]) =>
    shuffle(lines, random)
      .slice(0, MAX_PER_LANGUAGE)
      .map((line) => words(line).filter((word) => /\p{Script=Latin}/u.test(word)))
      .filter((found) => found.length > 0)
      .map((found) => ({
        buckets: Uint32Array.from(found.flatMap((word) => [...languageBuckets(word)])),
        language: LATIN_LANGUAGES.indexOf(language as (typeof LATIN_LANGUAGES)[number]),
      })),
  )
}

const count = LATIN_LANGUAGES.length
const weights = new Float32Array(count * LANGUAGE_BUCKETS)
const gradients = new Float32Array(count * LANGUAGE_BUCKETS).fill(0.01)
const biases = new Float64Array(count)
const all = examples()
const perLanguage = LATIN_LANGUAGES.map((_, language) => all.filter((example) => example.language === language).length)
process.stderr.write(
  `${JSON.stringify(Object.fromEntries(LATIN_LANGUAGES.map((name, i) => [name, perLanguage[i]])))}\n`,
)
const odds = new Float64Array(count)
for (let epoch = 0; epoch < EPOCHS; epoch++)
  for (const { buckets, language } of shuffle(all, random)) {
    const value = 1 / Math.sqrt(buckets.length)
    for (let l = 0; l < count; l++) {
      let sum = 0
      for (const bucket of buckets) sum += weights[l * LANGUAGE_BUCKETS + bucket]!
      odds[l] = biases[l]! + sum * value
    }
    const highest = Math.max(...odds)
    const total = odds.reduce((sum, odd) => sum + Math.exp(odd - highest), 0)
    const importance = Math.min(2, all.length / count / perLanguage[language]!)
    for (let l = 0; l < count; l++) {
      const error = (Math.exp(odds[l]! - highest) / total - (l === language ? 1 : 0)) * importance
      if (Math.abs(error) < 1e-3) continue
      const step = error * value
      for (const bucket of buckets) {
        const at = l * LANGUAGE_BUCKETS + bucket
        gradients[at]! += step * step
        weights[at]! -= (RATE * step) / Math.sqrt(gradients[at]!)
      }
      biases[l]! -= 0.01 * error
    }
  }
const { bytes, scale } = quantise(weights)
const model = {
  biases: [...biases].map((bias) => Number(bias.toFixed(4))),
  scale: Number(scale.toPrecision(6)),
  weights: Buffer.from(bytes.buffer).toString('base64'),
}
writeFileSync(options.out, `${JSON.stringify(model, null, 2)}\n`)
