import type { Mention } from '@outcry/contracts'
import { createOwnAccounts } from '@outcry/text'
import { describe, expect, it } from 'vitest'
import { createBrandChoice } from './brand-choice.ts'
import { createKeys } from './keys.ts'

const rules = [
  { id: 'acme', name: 'Acme', terms: ['acme'], handles: ['@acmehelp'], exclude: [], languages: [] },
  { id: 'globex', terms: ['globex'], handles: [], exclude: [], languages: [] },
]
const keys = createKeys(Buffer.from('secret'), 'hashed')
const choose = createBrandChoice(
  rules,
  createOwnAccounts(rules, (account) => [keys.authorId('hackernews', account)]),
)
const all = new Set(['acme', 'globex'])
const mention = (text: string, extra: Partial<Mention> = {}): Mention => ({
  id: 'm1',
  op: 'create',
  rev: '1',
  kind: 'post',
  source: 's',
  text,
  observedAt: 0,
  eventTime: 0,
  ...extra,
})
const helper = { id: keys.authorId('hackernews', 'acmehelp') }

describe('which brands a mention is about', () => {
  it('is what the sender named, else what the text says, of those the source may speak of', () => {
    expect(choose(mention('globex fails'), 'Acme', all)).toEqual({ brands: ['acme'], own: [] })
    expect(choose(mention('globex and acme fail'), undefined, all).brands).toEqual(['acme', 'globex'])
    expect(choose(mention('globex and acme fail'), undefined, new Set(['globex'])).brands).toEqual(['globex'])
    expect(choose(mention('acme', { op: 'delete' }), undefined, all)).toEqual({ brands: [], own: [] })
  })

  it('is the one that everything of its source is about, unless the sender named another', () => {
    const ofShop = createBrandChoice(
      rules,
      createOwnAccounts(rules, () => []),
      new Map([['shop', 'acme']]),
    )
    const review = mention('refund, please', { source: 'shop' })
    expect(ofShop(review, undefined, all).brands).toEqual(['acme'])
    expect(ofShop({ ...review, text: 'globex is better' }, undefined, all).brands).toEqual(['acme'])
    expect(ofShop(review, 'globex', all).brands).toEqual(['globex'])
    expect(ofShop(review, undefined, new Set(['globex'])).brands).toEqual([])
    expect(ofShop({ ...review, source: 's' }, undefined, all).brands).toEqual([])
    expect(ofShop({ ...review, op: 'delete' }, undefined, all).brands).toEqual([])
  })

  it("takes in what a brand's own account replies, by its hashed id or its handle, whatever it says", () => {
    const reply = mention('sorry, we look into it', { parentId: 'm0', author: helper })
    expect(choose(reply, undefined, all)).toEqual({ brands: ['acme'], own: ['acme'] })
    const byHandle = { ...reply, author: { id: 'x', handle: 'AcmeHelp' } }
    expect(choose(byHandle, undefined, all)).toEqual({ brands: ['acme'], own: ['acme'] })
    expect(choose(mention('good morning', { author: helper }), undefined, all).brands).toEqual([])
    expect(choose({ ...reply, author: { id: 'ann' } }, undefined, all)).toEqual({ brands: [], own: [] })
  })
})
