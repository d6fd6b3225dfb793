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
    expect(shownAs(source.current(10 + BLIND_AFTER_MS))).toMatchObject({
      state: 'blind',
      reason: 'no sign of life for 60 s',
    })
  })

  it('goes on to say why it is blind, where its connector ended and a person has to act', () => {
    const source = status()
    const reason = 'The platform refuses access (401).'
    const refused = { state: 'blind' as const, reason, fix: 'Renew the key.', sourceTime: 0 }
    source.report(refused, 10)
    expect(shownAs(source.current(10 + 10 * BLIND_AFTER_MS))).toEqual({
      state: 'blind',
      reason,
      fix: 'Renew the key.',
    })
  })

  it('is as live as it was told for a replay, whose mentions take as long as they like', () => {
    const source = status('file')
    source.report({ state: 'live', reason: 'reading', sourceTime: 5 }, 10)
    expect(source.current(10 * BLIND_AFTER_MS).state).toBe('live')
  })

  it('shows as blind while a part of it cannot be seen, and its clock goes on', () => {
    const source = status()
    source.report({ state: 'live', reason: 'polling', sourceTime: 5, unseen: 'a.example: refuses' }, 10)
    expect(shownAs(source.current(11))).toEqual({
      state: 'blind',
      reason: 'a.example: refuses',
      fix: null,
    })
    expect(source.current(11)).toMatchObject({ state: 'live', sourceTime: 5 })
    source.report({ state: 'lagging', reason: 'slow', sourceTime: 4, unseen: 'a.example: refuses' }, 12)
    expect(shownAs(source.current(12))).toMatchObject({ state: 'lagging', reason: 'slow' })
    expect(source.current(12).sourceTime).toBe(5)
  })

  it('shows as blind for a minute after a gap, and tells each gap once', () => {
    const source = status()
    source.report({ state: 'live', reason: 'polling', sourceTime: 5 }, 10)
    source.gap('the server no longer had the cursor', 10)
    expect(shownAs(source.current(11))).toMatchObject({ state: 'blind', reason: 'the server no longer had the cursor' })
    expect(source.current(11).state).toBe('live')
    source.report({ state: 'live', reason: 'polling', sourceTime: 5 }, 60_010)
    expect(shownAs(source.current(60_010)).state).toBe('live')
    const untold = source.takeGaps()
    source.returnGaps(untold)
    expect([untold, source.takeGaps(), source.takeGaps()]).toEqual([1, 1, 0])
  })

  it('had just looked while it was live at most five minutes ago', () => {
    const source = status()
    expect(source.wasLive(0)).toBe(false)
    source.report({ state: 'live', reason: 'polling', sourceTime: 5 }, 10)
    source.report({ state: 'lagging', reason: '502', sourceTime: 5 }, 20)
    expect([source.wasLive(300_010), source.wasLive(300_011)]).toEqual([true, false])
  })
})
