export { DRILL_DURATION_MS, type DrillPost, drillStream, type DrillStreamOptions } from './drill/drill-stream.ts'
export { DRILL_SCENARIOS, type DrillScenario, findScenario } from './drill/scenarios.ts'
export { evaluate, type Evaluation, type ScoredAlert } from './evaluate.ts'
export { type LabelledIncident, type LabelledSpan, type LabelledTruth, parseTruth, readTime } from './truth.ts'
