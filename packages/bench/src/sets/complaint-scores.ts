import { join } from 'node:path'
import { createScorer } from '@outcry/engine'
import { share } from '../scores/averages.ts'
import { scoreClassification } from '../scores/score-classification.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { type Figure, higher } from './figure.ts'
import { readCsv, textFile } from './read-set.ts'
import { setInParts } from './set-in-parts.ts'

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

const languageFigures = (rows: readonly Row[]): Figure[] => {
  const named = (among: readonly Row[]) =>
    share(among.filter(({ lang, label }) => lang === label['lang']).length, among.length)
  return [
    higher('language named right', named(rows), 0.005),
    higher('language named right, without hi', named(rows.filter(({ label }) => label['lang'] !== 'hi')), 0.005),
  ]
}

const scoreSet = (
  name: string,
  of: { texts: string; source: string; licence: string; figures?: (rows: readonly Row[]) => Figure[] },
): EvaluationSet =>
  setInParts<Row>({
    name: `complaints ${name}`,
    source: of.source,
    licence: of.licence,
    needs: [`${name}/${of.texts}`, `${name}/labels.csv`],
    parts: ({ dataFolder }) => scored(join(dataFolder, name, of.texts), join(dataFolder, name, 'labels.csv')),
    figures: of.figures ?? figures,
  })

export const complaintSets: readonly EvaluationSet[] = [
  scoreSet('complaints2019', {
    texts: 'texts.jsonl',
    source: 'danielpreotiuc/complaints-social-media @ 54e3402, half of the domains',
    licence: 'none stated: measured with, not copied',
  }),
  scoreSet('airline', {
    texts: 'stream.jsonl',
    source: 'kolaveridi/kaggle-Twitter-US-Airline-Sentiment- @ 3917cf4',
    licence: 'CC BY-NC-SA 4.0: measured with, not copied',
  }),
  scoreSet('umsab8', {
    texts: 'texts.jsonl',
    source: 'cardiffnlp/xlm-t @ 874214d, eight languages; negative stands in for complaint',
    licence: 'Apache-2.0, the tweets under their own terms: measured with, not copied',
    figures: (rows) => [...figures(rows.filter(({ label }) => label['part'] === 'val')), ...languageFigures(rows)],
  }),
]
