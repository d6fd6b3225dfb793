import { complaintSets } from './complaint-scores.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { freshStreams, givenStreams } from './injected-streams.ts'
import { airline, spotify } from './labelled-incidents.ts'
import { steadyStreams } from './steady-streams.ts'
import { templateStreams } from './template-streams.ts'
import { clusterSets } from './text-clusters.ts'
import { volumeSeries } from './volume-series.ts'

export const ALL_SETS: readonly EvaluationSet[] = [
  freshStreams,
  givenStreams,
  templateStreams,
  airline,
  spotify,
  ...steadyStreams,
  volumeSeries,
  ...clusterSets,
  ...complaintSets,
]
