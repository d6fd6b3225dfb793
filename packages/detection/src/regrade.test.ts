import { SEVERITY_RANK } from '@outcry/contracts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { someIssue } from '../test/some-issue.ts'
import { somePost } from '../test/some-post.ts'
import { absorb, release } from './issue.ts'
import { regrade } from './regrade.ts'

it('lets severity only rise, whatever comes and goes', () => {
  const step = fc.record({
    person: fc.nat(30),
    gone: fc.boolean(),
    copy: fc.boolean(),
    harm: fc.constantFrom('none' as const, 'money' as const, 'safety' as const),
    observed: fc.nat(40),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const issue = someIssue([somePost({ id: 'm', key: 9_999, person: 9_999 })])
      let rank = SEVERITY_RANK[issue.severity]
      for (const [n, { person, gone, copy, harm, observed }] of steps.entries()) {
        const post = somePost({ id: `m${n}`, key: n, person, copy, harm, at: n * 60_000, excerpt: `number ${n}` })
        absorb(issue, post)
        issue.strongest.observed = observed
        if (gone) release(issue, post)
        regrade(issue)
        expect(SEVERITY_RANK[issue.severity]).toBeGreaterThanOrEqual(rank)
        rank = SEVERITY_RANK[issue.severity]
      }
    }),
  )
})
