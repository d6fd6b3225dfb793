import { join } from 'node:path'
import { createClusterStream } from '@outcry/engine'
import { type LabelledCluster, scoreClusters } from '../scores/score-clusters.ts'
import type { EvaluationSet, RunOptions } from './evaluation-set.ts'
import { higher, lower } from './figure.ts'
import { readCsv, textFile } from './read-set.ts'
import { setInParts } from './set-in-parts.ts'

const clustered = async (path: string, { embedding }: RunOptions): Promise<Map<string, string>> => {
  const stream = createClusterStream('outcry cluster')
  const names = new Map<string, string>()
  for await (const { id, text, lang } of textFile(path)) {
    const [vector] = embedding ? await embedding.embed([text]) : []
    names.set(id, stream.add(id, text, lang, vector))
  }
  return new Map([...names].map(([id, name]) => [id, stream.finalName(name)]))
}

type Topic = LabelledCluster[]

const clusterSet = (name: string, source: string, licence: string): EvaluationSet =>
  setInParts<Topic>({
    name: `clusters ${name}`,
    source,
    licence,
    needs: [`stc/${name}.jsonl`, `stc/${name}.labels.csv`],
    byMeaning: true,
    parts: async (options) => {
      const { dataFolder } = options
      const clusters = await clustered(join(dataFolder, 'stc', `${name}.jsonl`), options)
      const labels = await readCsv(join(dataFolder, 'stc', `${name}.labels.csv`))
      const placed = labels.map(({ id, label }) => ({ label: label!, cluster: clusters.get(id!) ?? null }))
      return [...Map.groupBy(placed, ({ label }) => label).values()]
    },
    figures: (topics) => {
      const score = scoreClusters(topics.flat())
      return [
        higher('B-cubed F1', score.f1, 0.01),
        higher('NMI', score.nmi, null),
        lower(`clusters, of ${topics.length} topics`, score.clusters, null),
      ]
    },
  })

const MSTREAM = 'jackyin12/MStream @ ac89407, half of the topics'
const NO_LICENCE = 'none stated: measured with, not copied'

export const clusterSets: readonly EvaluationSet[] = [
  ...['News', 'News-T', 'Tweets', 'Tweets-T'].map((name) => clusterSet(name, MSTREAM, NO_LICENCE)),
  clusterSet('Banking77', 'PolyAI-LDN/task-specific-datasets @ 57ec275, 39 of the 77 intents', 'CC-BY-4.0'),
]
