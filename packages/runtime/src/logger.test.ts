import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OutcryError } from '@outcry/contracts'
import { createLogger, type LogLevel } from './logger.ts'

const capture = (format: 'json' | 'pretty', level: LogLevel = 'debug') => {
  const lines: string[] = []
  return { lines, logger: createLogger({ level, format, destination: { write: (line) => lines.push(line) } }) }
}

describe('the log', () => {
  it('names a WARN or ERROR by a stable event, also in a child, and leaves other lines as they are', () => {
    const lines: string[] = []
    const destination = { write: (line: string) => lines.push(line) }
    const logger = createLogger({ level: 'info', format: 'json', destination }).child({ service: 'ingest' })
    logger.warn({ failures: 2 }, 'poll failed')
    logger.info({}, 'It answers again')
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 40, event: 'POLL_FAILED', service: 'ingest', failures: 2, msg: 'poll failed' }),
      expect.not.objectContaining({ event: expect.anything() as unknown }),
    ])
  })

  it('is one JSON object a line, with the fields of its children', () => {
    const { lines, logger } = capture('json')
    logger.child({ source: 'file' }).info({ mentions: 3 }, 'batch taken in')
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 30, source: 'file', mentions: 3, msg: 'batch taken in' })
  })

  it('writes nothing below its level', () => {
    const { lines, logger } = capture('json', 'warn')
    logger.info({}, 'quiet')
    logger.warn({}, 'loud')
    expect(lines).toHaveLength(1)
  })

  it('keeps fix and code of our errors, the stack of others, and no secret by name', () => {
    const { lines, logger } = capture('json')
    const cause = new Error('refused')
    logger.error(
      { error: new OutcryError('BUS_UNREACHABLE', 'no broker', { fix: 'Start it.', cause }), token: 't0p' },
      'x',
    )
    const { error, token } = JSON.parse(lines[0]!) as { error: { cause: { stack: string } }; token: string }
    expect(error).toMatchObject({ code: 'BUS_UNREACHABLE', message: 'no broker', fix: 'Start it.' })
    expect(error.cause.stack).toContain('refused')
    expect(token).toBe('[redacted]')
  })

  it('shows people one harmless line, whatever the world wrote', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[2J', 'a\nINFO forged', '\u202eevil'),
    )
    fc.assert(
      fc.property(hostile, hostile, (field, name) => {
        const { lines, logger } = capture('pretty')
        logger.info({ [`x${name}`]: field, nested: { field } }, 'constant')
        expect(lines).toHaveLength(1)
        expect(lines[0]!.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })

  it('reads well', () => {
    const { lines, logger } = capture('pretty')
    logger.warn({ source: 'file', reason: 'half a line', lines: 2 }, 'input skipped')
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}input skipped source=file reason="half a line" lines=2\n$/)
  })
})
