import { expect, it } from 'vitest'
import { presentLayout } from './earlier-state.ts'

it('brings the window of an issue of version 13 together with the rule of the issue', () => {
  const window = { windowMs: 1_800_000, observed: 9, expected: 0.4, tailProbability: 1e-9, relativeVariance: 0.2 }
  const kind = { rule: 'counter', issueType: 'delay', copied: false }
  const issue = { id: 'one', ...kind, since: 5 }
  const read = presentLayout(13, { issues: { issues: [{ ...issue, ...window }], repliesSeen: true }, taken: 7 })
  expect(read).toMatchObject({
    issues: { issues: [{ ...issue, strongest: { ...kind, ...window } }], repliesSeen: true },
    taken: 7,
  })
})

it('knows of nothing that people took out or merged in what version 14 stored', () => {
  const read = presentLayout(14, { issues: { issues: [{ id: 'one' }], repliesSeen: true } })
  expect(read).toMatchObject({
    issues: { issues: [{ id: 'one', refused: [], mergedInto: '' }] },
    removed: { horizon: 0 },
  })
})

it('knows of no split in what version 15 stored', () => {
  const read = presentLayout(15, { issues: { issues: [{ id: 'one' }], repliesSeen: true } })
  expect(read).toMatchObject({ issues: { issues: [{ id: 'one', splitFrom: '' }] } })
})
