export type {
  Batch,
  Connector,
  ParseContext,
  ParseResult,
  Reject,
  RejectReason,
  Sighting,
  Source,
  SourceContext,
  SourceReport,
  Webhook,
  WebhookRequest,
  WebhookVerdict,
} from './connector.ts'
export { BACKFILL_AFTER_MS } from './part-by-age.ts'
export { decideEventTime } from './event-time.ts'
export { parseFieldMap } from './file/field-map.ts'
export type { InputRow, LineFault, ReadOptions } from './file/mention-reader.ts'
export { type Input, openInput } from './file/open-input.ts'
export { readMentions } from './file/read-mentions.ts'
export { parsePush } from './push/parse-push.ts'
export { type PushSignature, type PushVerdict, verifyPush } from './push/verify-push.ts'
export { connectors } from './registry.ts'
