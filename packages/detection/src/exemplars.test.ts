import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { somePost } from '../test/some-post.ts'
import { chooseExemplars } from './exemplars.ts'
import type { Issue } from './issue.ts'

const issueOf = (texts: readonly string[]): Issue => {
  const evidence = texts.map((excerpt, at) => somePost({ id: `m${at}`, key: at, person: at, at, excerpt }))
  const seen: Partial<Issue> = { evidence, first: evidence[0]!, since: 0, issueType: null, rule: 'scan' }
  return seen as Issue
}
const UNKNOWN = () => 3

describe('chooseExemplars', () => {
  it('starts with the first post that belongs, and shows no stranger', () => {
    const issue = issueOf([
      'which size should I order for a child',
      'checkout page hangs with my cart',
      'the checkout page is dead, cart lost',
      'cart stuck at the checkout page',
    ])
    const { first, exemplars } = chooseExemplars(issue, false, UNKNOWN, 'acme')
    expect(first?.id).toBe('m1')
    expect(exemplars.map(({ mentionId }) => mentionId).toSorted()).toEqual(['m1', 'm2', 'm3'])
  })

  it('shows members only, each once', () => {
    const text = fc.array(fc.constantFrom('checkout', 'cart', 'page', 'refund', 'late', 'the'), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), fc.boolean(), (texts, broad) => {
        const issue = issueOf(texts.map((words) => words.join(' ')))
        const ids = chooseExemplars(issue, broad, UNKNOWN, 'acme').exemplars.map(({ mentionId }) => mentionId)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.length).toBeLessThanOrEqual(6)
        for (const id of ids) expect(issue.evidence.some((post) => post.id === id)).toBe(true)
      }),
    )
  })
})
