import { createHmac } from 'node:crypto'
import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, textOf } from '../fields.ts'
import { createHttpClient } from '../http/http-client.ts'
import { readJson } from '../http/read-json.ts'
import { GraphError, graphErrorOf } from './graph-error.ts'
import { graphWaitOf } from './graph-usage.ts'

/** Meta's limits move with the use of an account and stand in its answers; this one only spreads the requests. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 120 }
/** What may stand in the address of a next page beside its cursor. */
const PAGE_FIELDS = new Set(['after', 'until', 'since', '__paging_token', 'offset'])

const isEdge = createGuard(Type.Object({ data: Type.Array(Type.Unknown()), paging: Type.Optional(Type.Unknown()) }))
const isNode = createGuard(Type.Object({ id: Type.String() }))

export type GraphQuery = Readonly<Record<string, string>>
/** `next`: asks for the page after it, null at the end. */
export type GraphPage = { items: readonly unknown[]; next: string | null }
export type GraphClient = {
  /** A page of what stands at an edge, as `<id>/comments`. */
  page(edge: string, query: GraphQuery, next: string | null, signal: AbortSignal): Promise<GraphPage>
  /** One object as it is now, or null where it is gone or not to be seen. */
  node(id: string, query: GraphQuery, signal: AbortSignal): Promise<unknown>
}

/**
 * Meta's Graph API. `endpoint` has the version. With the secret of the app each request is proven to be the app's
 * (developers.facebook.com, "Secure Graph API Calls").
 */
export const createGraphClient = (
  { accessToken, appSecret, endpoint }: { accessToken: string; appSecret: string | undefined; endpoint: string },
  { clock, random }: Pick<SourceContext, 'clock' | 'random'>,
): GraphClient => {
  const credentials = { headers: async () => ({ authorization: `Bearer ${accessToken}` }) }
  const http = createHttpClient({
    clock,
    random,
    limits: LIMITS,
    credentials,
    waitOf: graphWaitOf,
    errorOf: graphErrorOf,
  })
  const proof =
    appSecret === undefined
      ? {}
      : { appsecret_proof: createHmac('sha256', appSecret).update(accessToken).digest('hex') }

  const addressOf = (path: string, query: GraphQuery): URL => {
    const url = new URL(`${endpoint.replace(/\/$/, '')}/${path}`)
    for (const [name, value] of Object.entries({ ...query, ...proof })) url.searchParams.set(name, value)
    return url
  }

  return {
    page: async (edge, query, next, signal) => {
      const url = addressOf(edge, query)
      for (const [name, value] of new URLSearchParams(next ?? '')) url.searchParams.set(name, value)
      const { body } = await http.get(url.href, signal)
      const page = readJson(body, isEdge, 'a page of the Graph API')
      return { items: page.data, next: nextOf(page.paging) }
    },
    node: async (id, query, signal) => {
      try {
        const { body } = await http.get(addressOf(encodeURIComponent(id), query).href, signal)
        return readJson(body, isNode, 'an object of the Graph API')
      } catch (error) {
        if (error instanceof GraphError && error.isGone) return null
        throw error
      }
    },
  }
}

/** A page that is not full may still have another after it: only an address of the next one says so. Its host is not asked. */
const nextOf = (paging: unknown): string | null => {
  const next = textOf(fieldsOf(paging)?.['next'])
  if (next === undefined) return null
  const after = textOf(fieldsOf(fieldsOf(paging)?.['cursors'])?.['after'])
  if (after !== undefined) return new URLSearchParams({ after }).toString()
  const asked = URL.canParse(next) ? [...new URL(next).searchParams] : []
  const kept = asked.filter(([name]) => PAGE_FIELDS.has(name))
  return kept.length === 0 ? null : new URLSearchParams(kept).toString()
}
