import { shadowBrand } from '@outcry/replay'
import { lockBrandAlerting } from '@outcry/store'
import { createTestDatabase, lockWaits } from '@outcry/testkit'
import { expect, onTestFinished, test, vi } from 'vitest'
import { issueOf, storeIssue } from '../../test/burning-day.ts'
import type { ApplyCommand } from '../commands.ts'
import { sayLastWord } from './last-word.ts'

const NOW = Date.UTC(2026, 10, 29, 12)
const PATIENCE = { timeout: 20_000, interval: 20 }

test('the last word of a drill is also said of an issue that is being stored as it ends', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  const shadow = shadowBrand('acme', 'checkout-1')
  const given = { id: 'iss-late', brand: shadow, label: 'made up', severity: 'major' as const, ageMs: 1, people: 7 }
  const resolved: string[] = []
  const applyCommand: ApplyCommand = async ({ issueId }) => {
    resolved.push(issueId)
    return { outcome: 'applied', reason: '', commandId: null }
  }
  let saying: Promise<boolean> | undefined
  await pool.transaction(async (tx) => {
    await lockBrandAlerting(tx, shadow)
    await storeIssue(tx, issueOf(given, NOW))
    saying = sayLastWord({ pool, applyCommand }, shadow, NOW)
    await vi.waitFor(async () => expect(await lockWaits(pool)).toBe(1), PATIENCE)
  })
  expect(await saying).toBe(true)
  expect(resolved).toEqual(['iss-late'])
})
