import type { Mention } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import type { CommandIo } from './command-io.ts'
import { withBrands } from './input-brands.ts'

const rules = [{ id: 'acme', terms: ['acme'], handles: ['@acmehelp'], exclude: [], languages: [] }]
const mention = (id: string, text: string, extra: Partial<Mention> = {}): Mention => ({
  id,
  op: 'create',
  rev: '1',
  kind: 'post',
  source: 'file',
  text,
  observedAt: 0,
  eventTime: 0,
  ...extra,
})
const told: string[] = []
const io = { stderr: { write: (text: string) => told.push(text) } } as unknown as CommandIo

describe('brands of input lines', () => {
  it("take in replies of the brand's own accounts as live does, and mark them", async () => {
    const helper = { id: '7', handle: 'AcmeHelp' }
    const lines = [
      mention('1', 'acme is down'),
      mention('2', 'sorry, we look into it', { author: helper, parentId: '1' }),
      mention('3', 'good morning', { author: helper }),
      mention('4', 'acme wishes a good morning', { author: helper }),
    ]
    const input = (async function* () {
      for (const each of lines) yield { mention: each, brand: null }
    })()
    const taken: [string, boolean][] = []
    for await (const each of withBrands(input, rules, undefined, io))
      taken.push([each.mention.id, each.mention.byBrand ?? false])
    expect(taken).toEqual([
      ['1', false],
      ['2', true],
      ['4', true],
    ])
    expect(told.join('')).toContain('1 mentions are about no configured brand')
  })
})
