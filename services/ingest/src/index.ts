export { createIngest, type IngestOptions, openPushDoor } from './ingest.ts'
export type { PushDoor, PushOutcome } from './push-door.ts'
