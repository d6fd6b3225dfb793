import { visible } from '../access.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import type { VoicesReader } from '../ports-of-voices.ts'
import { VoicesView, voicesView } from '../views/voices-view.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

/** Rumour or first hand: what people tell of an issue from own experience, and what they heard. */
export const voicesRoutes = (app: RestApp, voices: VoicesReader, issues: IssueReader): void => {
  app.get(
    '/issues/:id/voices',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getIssueVoices',
        summary: 'What is told from own experience and what from hearsay, with the first posts of each',
        tags: ['issues'],
        security,
        params: IdParams,
        response: answers({ 200: VoicesView }),
      },
    },
    async (request) => voicesView(await voices.of(visible(request, await issues.find(request.params.id)))),
  )
}
