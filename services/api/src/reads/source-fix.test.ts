import { describe, expect, test } from 'vitest'
import { sourceFix } from './source-fix.ts'

describe('what to do about a source', () => {
  test('is nothing while it is live, and what its connector says where that knows', () => {
    expect(sourceFix('forum', { state: 'live', runs: true, told: null })).toBeNull()
    expect(sourceFix('forum', { state: 'blind', runs: true, told: 'Renew the key.' })).toBe('Renew the key.')
  })

  test('is to start what reads it, whatever it said last', () => {
    expect(sourceFix('forum', { state: 'blind', runs: false, told: 'Renew the key.' })).toContain('--only ingest')
  })

  test('is a look at what it sees where nobody knows', () => {
    expect(sourceFix('forum', { state: 'blind', runs: true, told: null })).toContain('doctor --source forum')
    expect(sourceFix('forum', { state: 'lagging', runs: true, told: null })).toContain('by itself')
  })
})
