import { clusterSets } from './text-clusters.ts'
import { complaintSets } from './complaint-scores.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { freshStreams, givenStreams, oneGivenStream, templateStreams } from './injected-streams.ts'
import { airline, spotify } from './labelled-incidents.ts'
import { steadyStream } from './steady-stream.ts'
import { volumeSeries } from './volume-series.ts'

export const ALL_SETS: readonly EvaluationSet[] = [
  templateStreams,
  steadyStream,
  oneGivenStream,
  givenStreams,
  freshStreams,
  airline,
  spotify,
  volumeSeries,
  ...clusterSets,
  ...complaintSets,
]
