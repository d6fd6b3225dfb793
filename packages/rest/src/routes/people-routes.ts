import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { adminOfAll } from '../access.ts'
import type { PeoplePort } from '../ports-of-people.ts'
import { faultsIn, Refusal } from '../refusal.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

export const Forgotten = Type.Object({
  rows: Type.Record(Type.String(), Type.Integer(), {
    description: 'Rows that named the person and no longer do, by table; sessions are ended.',
  }),
})

/** Who acts without being a person, and what stands for people who were forgotten. */
const NOBODY: ReadonlySet<string> = new Set(['alerter', 'cli', 'clock', 'detector', 'drill', 'erased', 'person'])

/** People who use Outcry, by the name that timelines and the audit log give them. */
export const peopleRoutes = (app: RestApp, people: PeoplePort): void => {
  app.delete(
    '/people/:id',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'forgetPerson',
        summary: 'Forget the name of somebody who used Outcry; what they did stays',
        description:
          'Takes the name out of timelines, issues, alerts, mutes, statements and the audit log, there with credential ' +
          'and address, and ends their sessions. Words that people wrote stay. Needs an admin of every brand.',
        tags: ['people'],
        security,
        params: IdParams,
        response: answers({ 200: Forgotten }),
      },
    },
    async (request) => {
      const { name } = adminOfAll(request)
      const { id } = request.params
      if (NOBODY.has(id)) throw nobody(id)
      if (id === name) throw new Refusal('COMMAND_REFUSED', 'Somebody else has to forget you.')
      // The row that says so does not name who was forgotten.
      return { rows: await people.forget(id, actOf(request, { subject: null, status: 200 })) }
    },
  )
}

const nobody = (id: string): Refusal =>
  faultsIn('params', [
    {
      path: 'id',
      value: JSON.stringify(id),
      message: 'is no person: Outcry itself acts under this name, or it stands for people who were forgotten',
      fix: 'Give the name of a person, as timelines and the audit log give it.',
    },
  ])
