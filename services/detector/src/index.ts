export { createDetector, type Detector, type DetectorOptions } from './detector.ts'
export { CONSUMER as DETECTOR_CONSUMER } from './partition-worker.ts'
export { expandSnapshot } from './snapshot-bytes.ts'
export { moveBrand } from './start-move.ts'
