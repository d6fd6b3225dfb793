export { createDetector, type Detector, type DetectorOptions } from './detector.ts'
