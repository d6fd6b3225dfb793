import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { createHttpClient } from '../http/http-client.ts'
import { readJson } from '../http/read-json.ts'
import { type FreshdeskConfig, siteOf } from './freshdesk-config.ts'

const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 33_554_432, tries: 4 }
/** 20 lists of tickets a minute on the smallest plan: five at once and fifteen a minute never are more. */
const LISTS_PER_MINUTE = 15
export const PER_PAGE = 100

const isList = createGuard(Type.Array(Type.Unknown()))

/** Tickets that are neither deleted nor spam have no filter. */
export type TicketFilter = 'deleted' | 'spam' | null
export type FreshdeskClient = ReturnType<typeof createFreshdeskClient>

/** Tickets of an account and what is written in them; pages count from 1. */
export const createFreshdeskClient = (config: FreshdeskConfig, { clock, random }: SourceContext) => {
  const site = siteOf(config)
  const limitsOf = (requestsPerMinute: number) => ({ ...LIMITS, requestsPerMinute })
  const lists = createHttpClient({ clock, random, limits: limitsOf(LISTS_PER_MINUTE) })
  const others = createHttpClient({ clock, random, limits: limitsOf(config.requestsPerMinute) })
  const authorization = `Basic ${Buffer.from(`${config.apiKey}:X`).toString('base64')}`

  return {
    /** Tickets changed since an epoch second, as they changed. */
    tickets: async (
      { filter, sinceS, page }: { filter: TicketFilter; sinceS: number; page: number },
      signal: AbortSignal,
    ): Promise<readonly unknown[]> => {
      const query = new URLSearchParams({
        updated_since: `${new Date(sinceS * SECOND_MS).toISOString().slice(0, 19)}Z`,
        order_by: 'updated_at',
        order_type: 'asc',
        per_page: String(PER_PAGE),
        page: String(page),
        ...(filter === null ? { include: 'description,stats' } : { filter }),
      })
      const { body } = await lists.get(`${site}/api/v2/tickets?${query.toString()}`, signal, { authorization })
      return readJson(body, isList, 'a list of tickets')
    },
    /** What was written in a ticket, the first first. */
    replies: async (id: string, page: number, signal: AbortSignal): Promise<readonly unknown[]> => {
      const url = `${site}/api/v2/tickets/${encodeURIComponent(id)}/conversations?per_page=${PER_PAGE}&page=${page}`
      const { body } = await others.get(url, signal, { authorization })
      return readJson(body, isList, 'a list of conversations')
    },
  }
}
