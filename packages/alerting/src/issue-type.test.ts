import { expect, it } from 'vitest'
import type { TypeOfIssue } from '@outcry/contracts'
import { createStory, settings, START } from '../test/issue-fixtures.ts'
import { issueTypeOf } from './state.ts'

const proposed = (id: string | null, at = START): TypeOfIssue => ({
  id,
  label: id,
  by: null,
  reason: `counted as ${id}`,
  confidence: 0.7,
  at,
  teaches: false,
})
const route = (target: string, issueTypes: string[]) => ({
  target,
  issueTypes,
  minSeverity: 'incident' as const,
  pagesOnly: false,
  drills: false,
})

it('goes to those who hear of what an issue is proposed to be, from its first alert on', () => {
  const story = createStory(settings({ routes: [route('refunds', ['refund']), route('logins', ['login'])] }))
  const opened = story.tell({}, undefined, proposed('refund'))
  expect(opened.deliveries.map(({ target }) => target)).toEqual(['refunds'])
  expect(opened.alerts).toMatchObject([{ issueType: 'refund' }])
})

it('is what it was counted as, where nothing proposes', () => {
  const story = createStory()
  story.tell()
  expect(story.issue().type).toBeUndefined()
  expect(issueTypeOf(story.issue())).toBe(story.issue().evidence.issueType)
})

it('changes with what is proposed, and stays as it is where the same is proposed again', () => {
  const story = createStory()
  story.tell({}, undefined, proposed('refund'))
  story.tell({ kind: 'grew', at: START + 1 }, undefined, proposed('refund', START + 1))
  expect(story.issue().type).toEqual(proposed('refund'))
  story.tell({ kind: 'grew', at: START + 2 }, undefined, proposed(null, START + 2))
  expect(issueTypeOf(story.issue())).toBeNull()
})
