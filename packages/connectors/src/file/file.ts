import { OutcryError, type Mention } from '@outcry/contracts'
import type { Connector, ParseContext, ParseResult, Reject, Sighting, Source, SourceContext } from '../connector.ts'
import { FileConfig } from './file-config.ts'
import { resumeAt, type FileCursor } from './file-cursor.ts'
import { openInput, type Input } from './open-input.ts'
import { createPacer } from './pacer.ts'
import { parseFieldMap } from './field-map.ts'
import { createMentionReader, type InputRow, type LineFault } from './mention-reader.ts'
import { readMentions } from './read-mentions.ts'

/** Each batch is a round of bus, index and cursor, so larger ones cost less; the bytes bound what is held. */
const MAX_BATCH = 2_000
const MAX_BATCH_BYTES = 2_097_152
const FOLLOW_EVERY_MS = 500

/** Replays a file: every mention at the time it was written, the source's clock following them. */
export const file: Connector<typeof FileConfig> = {
  name: 'file',
  configSchema: FileConfig,
  publicationDelayMs: 0,
  clock: 'events',
  defaults: { blindAfterMs: 60_000, retentionDays: null, terms: "Your own data: nobody else's terms." },
  create: (config, context) => createFileSource(config, context),
  parse: (bytes, context) => parseLines(bytes, context),
}

const createFileSource = (config: FileConfig, context: SourceContext): Source => {
  const map = parseFieldMap(Object.entries(config.map).map(([field, column]) => `${field}=${column}`))
  let position: FileCursor | null = null

  const readOnce = async (signal: AbortSignal): Promise<void> => {
    const { replaced, ...start } = await resumeAt(config.path, position ?? context.cursor)
    if (replaced) context.logger.warn({ line: 0 }, 'file was replaced, reading it from its start')
    position = start
    const input = await openAt(config, start)
    const rows = readMentions(input.stream, {
      format: input.format,
      file: input.file,
      map,
      defaults: { source: context.source },
      observedAt: context.clock.now(),
      hashAuthor: context.hashAuthor,
      leaveOpenLine: config.atEnd === 'follow',
      ...(input.from ? { start: { line: input.from.line, offset: input.from.offset } } : {}),
    })
    const batch = createBatch(context, { ...start, plain: input.seekable })
    const pacer = createPacer(config.speed, context.clock)
    for await (const row of rows) {
      if (signal.aborted) break
      if (input.from === null && row.line <= start.line) continue
      if (row.ok && pacer.isEarly(row.mention.eventTime)) {
        await batch.flush()
        await pacer.until(row.mention.eventTime, signal, (sourceTime) =>
          context.heartbeat({ state: 'live', reason: 'reading', sourceTime }),
        )
      }
      batch.add(row)
      if (batch.isFull()) await batch.flush()
    }
    await batch.flush()
    position = batch.cursor()
  }

  return {
    run: async (signal) => {
      context.report({ state: 'live', reason: 'reading', sourceTime: 0 })
      try {
        for (;;) {
          await readOnce(signal)
          if (config.atEnd === 'stop' || signal.aborted) break
          await context.clock.sleep(FOLLOW_EVERY_MS, signal)
        }
      } catch (error) {
        if (signal.aborted) return
        throw error
      }
      if (signal.aborted) return
      // Nothing follows: let the detector take in what it still holds.
      const sourceTime = position === null || position.eventTime === 0 ? 0 : position.eventTime + context.reorderMs
      await context.heartbeat({ state: 'live', reason: 'read to its end', sourceTime })
    },
  }
}

/** Plain JSON lines are read from the cursor's byte on; anything else from its start, passing over what was read. */
const openAt = async (config: FileConfig, start: FileCursor): Promise<Input & { from: FileCursor | null }> => {
  const format = config.format === undefined ? {} : { format: config.format }
  const input = await openInput(config.path, format)
  const fromOffset = input.seekable && input.format === 'jsonl'
  if (config.atEnd === 'follow' && !fromOffset)
    throw new OutcryError('SOURCE_CONFIG_INVALID', `${config.path} cannot be followed.`, {
      fix: 'Use atEnd: stop; only plain JSON lines in a file can be followed.',
      exitCode: 2,
    })
  if (!fromOffset || start.offset === 0) return { ...input, from: null }
  return { ...(await openInput(config.path, { format: 'jsonl', start: start.offset })), from: start }
}

const createBatch = (context: SourceContext, start: FileCursor) => {
  let sightings: Sighting[] = []
  let rejects: Reject[] = []
  let cursor = start
  let size = 0
  let flushedOffset = start.offset
  return {
    add: (row: InputRow) => {
      size += 1
      if (row.ok) sightings.push(sightingOf(row))
      else rejects.push(rejectOf(row.fault))
      const eventTime = row.ok ? Math.max(cursor.eventTime, row.mention.eventTime) : cursor.eventTime
      cursor = { ...cursor, line: row.line, offset: row.nextOffset, eventTime }
    },
    isFull: () => size >= MAX_BATCH || cursor.offset - flushedOffset >= MAX_BATCH_BYTES,
    cursor: () => cursor,
    flush: async () => {
      if (size === 0) return
      await context.emit({ sightings, rejects, cursor, backfill: false })
      sightings = []
      rejects = []
      size = 0
      flushedOffset = cursor.offset
    },
  }
}

const sightingOf = ({ mention, brand }: { mention: Mention; brand: string | null }): Sighting =>
  brand === null ? { mention } : { mention, brand }

const rejectOf = ({ reason, file, line, field, message, bytes }: LineFault): Reject => ({
  reason,
  detail: `${file}:${line}: ${field} ${message}`,
  bytes,
})

const parseLines = (bytes: Uint8Array, context: ParseContext): ParseResult => {
  const reader = createMentionReader({
    format: 'jsonl',
    file: 'payload',
    defaults: { source: context.source },
    observedAt: context.observedAt,
    hashAuthor: context.hashAuthor,
  })
  const rows = [...reader.push(bytes), ...reader.end()]
  return {
    sightings: rows.flatMap((row) => (row.ok ? [sightingOf(row)] : [])),
    rejects: rows.flatMap((row) => (row.ok ? [] : [rejectOf(row.fault)])),
  }
}
