import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OutcryError, type Fault, type Problem } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import { Refusal, REFUSALS, type RefusalCode } from './refusal.ts'

/** Codes of ports that mean "later": the service they name is away, the caller may try again. */
const AWAY = /(UNREACHABLE|UNAVAILABLE|CONNECTIONS|FULL|BUSY|OVERLOADED|STOPPED)$/
const RETRY_SECONDS = 5
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

const FASTIFY_CODES: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_NOT_JSON',
  FST_ERR_BAD_URL: 'ROUTE_NOT_FOUND',
  FST_ERR_MAX_PARAM_LENGTH: 'ROUTE_NOT_FOUND',
  FST_ERR_HANDLER_TIMEOUT: 'TIMED_OUT',
}

const DETAILS: Partial<Record<RefusalCode, string>> = {
  BODY_TOO_LARGE: 'Send fewer or shorter items at once, or raise api.maxBodyBytes.',
  CONTENT_TYPE_UNSUPPORTED: 'Send application/json.',
  BODY_NOT_JSON: 'Send one JSON document in UTF-8 with a matching Content-Length.',
  ROUTE_NOT_FOUND: 'See /docs for the routes.',
  TIMED_OUT: 'Try again; ask for a smaller page if it happens again.',
}

/** RFC 9457 problem details of a refusal. */
const problemOf = (
  code: string,
  status: number,
  title: string,
  detail: string,
  instance: string,
  faults: readonly Fault[] = [],
): Problem => ({
  type: `urn:outcry:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title,
  status,
  code,
  ...(detail ? { detail } : {}),
  instance,
  ...(faults.length > 0
    ? { faults: faults.map(({ path, value, fix }) => ({ path, ...(value === undefined ? {} : { value }), fix })) }
    : {}),
})

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? request.url

/** Answers what no route is asked for because the address cannot be read; no hook has run then. */
export const answerBadUrl = (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  const [status, title] = REFUSALS.ROUTE_NOT_FOUND
  void reply
    .code(status)
    .header('content-type', PROBLEM_TYPE)
    .header('x-content-type-options', 'nosniff')
    .serializer((value) => JSON.stringify(value))
    .send(problemOf('ROUTE_NOT_FOUND', status, title, 'Check the percent-encoding of the address.', pathOf(request)))
}

/** Sends every error of the app as `application/problem+json`; a 5xx is logged once with its cause. */
export const registerProblemAnswers = (
  app: FastifyInstance,
  logger: Logger,
  methodsOf: (path: string) => readonly string[],
): void => {
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    [status, title]: readonly [number, string],
    detail: string,
    faults?: readonly Fault[],
  ) =>
    reply
      .code(status)
      .header('content-type', PROBLEM_TYPE)
      .serializer((value) => JSON.stringify(value))
      .send(problemOf(code, status, title, detail, pathOf(request), faults))

  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(pathOf(request)).join(', ')
    if (methods === '')
      return send(request, reply, 'ROUTE_NOT_FOUND', REFUSALS.ROUTE_NOT_FOUND, DETAILS.ROUTE_NOT_FOUND ?? '')
    reply.header('allow', methods)
    return send(request, reply, 'METHOD_NOT_ALLOWED', REFUSALS.METHOD_NOT_ALLOWED, `Use ${methods}.`)
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refusal) {
      if (error.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="outcry"')
      if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
      return send(request, reply, error.code, REFUSALS[error.code], error.message, error.faults)
    }
    const known = FASTIFY_CODES[error.code] ?? (error.statusCode === 400 ? 'BODY_NOT_JSON' : undefined)
    if (known) return send(request, reply, known, REFUSALS[known], DETAILS[known] ?? '')
    const away = error instanceof OutcryError && AWAY.test(error.code)
    logger.error({ err: error, route: request.routeOptions.url, code: error.code }, 'request failed')
    if (!away) return send(request, reply, 'INTERNAL', REFUSALS.INTERNAL, 'The log has the cause.')
    reply.header('retry-after', String(RETRY_SECONDS))
    return send(request, reply, error.code, REFUSALS.UNAVAILABLE, error.fix)
  })
}
