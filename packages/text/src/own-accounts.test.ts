import { describe, expect, it } from 'vitest'
import { createOwnAccounts } from './index.ts'

const rules = [
  { id: 'acme', handles: ['@Acme', 'did:plc:acme', 'acme.example'] },
  { id: 'acme-air', handles: ['@acmeair', '@acme'] },
]

describe('own accounts', () => {
  it('are known by handle in any case, with or without the sign, and by id', () => {
    const own = createOwnAccounts(rules)
    expect(own({ id: '1', handle: 'ACME' })).toEqual(['acme', 'acme-air'])
    expect(own({ id: '1', handle: '@acmeair' })).toEqual(['acme-air'])
    expect(own({ id: 'did:plc:acme' })).toEqual(['acme'])
    expect(own({ id: '1', handle: 'acme.example' })).toEqual(['acme'])
  })

  it('are nobody else: not a name that only begins alike, nor a post without author', () => {
    const own = createOwnAccounts(rules)
    expect(own({ id: '1', handle: 'acme_fan' })).toEqual([])
    expect(own({ id: 'ann' })).toEqual([])
    expect(own(undefined)).toEqual([])
  })

  it('are known where ids are hashed', () => {
    const own = createOwnAccounts(rules, (account) => [`hn(${account})`, `file(${account})`])
    expect(own({ id: 'file(acmeair)' })).toEqual(['acme-air'])
    expect(own({ id: 'acmeair' })).toEqual([])
  })
})
