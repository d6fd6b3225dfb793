export { createIngest, type Door, type IngestOptions, openDoor } from './ingest.ts'
export type { PushDoor, PushOutcome } from './push-door.ts'
export { termDays } from './term-days.ts'
