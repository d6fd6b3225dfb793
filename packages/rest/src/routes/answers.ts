import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type, type TSchema } from 'typebox'
import { Problem } from '@outcry/contracts'

/** The app as routes see it: bodies and answers typed by their schemas. */
export type RestApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
})
const REFUSED = problem('Refused: what is wrong with the request')
const FAILED = problem('Failed: try again later')

/** Named once in the description, referred to by every route. */
export const shareSchemas = (app: FastifyInstance): void => {
  app.addSchema({ $id: 'Problem', ...Problem })
}

/** The answers of a route: its own, and problem details for everything else. */
export const answers = <const T extends Record<number, TSchema>>(own: T): T => ({
  ...own,
  '4xx': REFUSED,
  '5xx': FAILED,
})

export const IdParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) })

export const security = [{ bearer: [] }, { session: [] }]
