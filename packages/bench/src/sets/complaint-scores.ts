import { join } from 'node:path'
import { createScorer } from '@outcry/engine'
import { scoreClassification } from '../scores/score-classification.ts'
import { share } from '../scores/averages.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { type Figure, higher } from './figure.ts'
import { readCsv, textFile } from './read-set.ts'

type Row = { label: Record<string, string>; score: number; complaint: boolean; lang: string }

const scored = async (texts: string, labels: string): Promise<Row[]> => {
  const scorer = createScorer()
  const found = new Map<string, { complaint: number; lang: string }>()
  for await (const mention of textFile(texts)) found.set(mention.id, scorer.score(mention))
  return (await readCsv(labels)).map((label) => {
    const { complaint = 0, lang = '' } = found.get(label['id']!) ?? {}
    return { label, score: complaint, complaint: label['complaint'] === '1', lang: lang.split('-', 1)[0]! }
  })
}

const figures = (rows: readonly Row[]): Figure[] => {
  const { auc, f1, macroF1, accuracy } = scoreClassification(rows)
  return [
    higher('AUC', auc, 0.005),
    higher('accuracy', accuracy, null),
    higher('F1', f1, null),
    higher('macro-F1', macroF1, 0.01),
  ]
}

const scoreSet = (
  ...[name, texts, source, licence]: [name: string, texts: string, source: string, licence: string]
): EvaluationSet => ({
  name: `complaints ${name}`,
  source,
  licence,
  needs: [`${name}/${texts}`, `${name}/labels.csv`],
  run: async ({ dataFolder }) =>
    figures(await scored(join(dataFolder, name, texts), join(dataFolder, name, 'labels.csv'))),
})

const MEASURED_ONLY = 'CC BY-NC-SA 4.0: measured with, not copied'

export const complaintSets: readonly EvaluationSet[] = [
  scoreSet(
    'complaints2019',
    'texts.jsonl',
    'danielpreotiuc/complaints-social-media @ 54e3402, half of the domains',
    'none stated: measured with, not copied',
  ),
  scoreSet('airline', 'stream.jsonl', 'kolaveridi/kaggle-Twitter-US-Airline-Sentiment- @ 3917cf4', MEASURED_ONLY),
  {
    name: 'complaints umsab8',
    source: 'cardiffnlp/xlm-t @ 874214d, eight languages; negative stands in for complaint',
    licence: 'Apache-2.0, the tweets under their own terms: measured with, not copied',
    needs: ['umsab8/texts.jsonl', 'umsab8/labels.csv'],
    run: async ({ dataFolder }) => {
      const folder = join(dataFolder, 'umsab8')
      const rows = await scored(join(folder, 'texts.jsonl'), join(folder, 'labels.csv'))
      const named = (among: readonly Row[]) =>
        share(among.filter(({ lang, label }) => lang === label['lang']).length, among.length)
      return [
        ...figures(rows.filter(({ label }) => label['part'] === 'val')),
        higher('language named right', named(rows), 0.005),
        higher('language named right, without hi', named(rows.filter(({ label }) => label['lang'] !== 'hi')), 0.005),
      ]
    },
  },
]
