import { connectors } from '@outcry/connectors'
import { describe, expect, it } from 'vitest'
import { createSourceStatus, shownAs } from './source-status.ts'

const BLIND_AFTER_MS = 60_000
const status = (connector = 'mastodon') => createSourceStatus(connectors[connector]!, BLIND_AFTER_MS, 0)

describe('how a source is', () => {
  it('is blind once its connector has said nothing for too long, with what it said last as its time', () => {
    const source = status()
    source.report({ state: 'live', reason: 'polling', sourceTime: 5 }, 10)
    expect(source.current(10 + BLIND_AFTER_MS - 1).state).toBe('live')
    expect(source.current(10 + BLIND_AFTER_MS)).toMatchObject({ state: 'blind', sourceTime: 5 })
    expect(shownAs(source.current(10 + BLIND_AFTER_MS))).toEqual({ state: 'blind', reason: 'no sign of life for 60 s' })
  })

  it('is as live as it was told for a replay, whose mentions take as long as they like', () => {
    const source = status('file')
    source.report({ state: 'live', reason: 'reading', sourceTime: 5 }, 10)
    expect(source.current(10 * BLIND_AFTER_MS).state).toBe('live')
  })

  it('shows as blind while a part of it cannot be seen, and its clock goes on', () => {
    const source = status()
    source.report({ state: 'live', reason: 'polling', sourceTime: 5, unseen: 'a.example: refuses' }, 10)
    expect(shownAs(source.current(11))).toEqual({ state: 'blind', reason: 'a.example: refuses' })
    expect(source.current(11)).toMatchObject({ state: 'live', sourceTime: 5 })
    source.report({ state: 'lagging', reason: 'slow', sourceTime: 4, unseen: 'a.example: refuses' }, 12)
    expect(shownAs(source.current(12))).toEqual({ state: 'lagging', reason: 'slow' })
    expect(source.current(12).sourceTime).toBe(5)
  })
})
