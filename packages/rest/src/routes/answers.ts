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

/** The answers of a route: its own, and problem details for everything else. */
export const answers = <const T extends Record<number, TSchema>>(own: T): T => ({
  ...own,
  '4xx': Problem,
  '5xx': Problem,
})

export const IdParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) })

export const security = [{ bearer: [] }, { session: [] }]
