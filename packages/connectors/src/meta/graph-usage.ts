import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { fieldsOf, itemsOf, numberOf, type Fields } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import type { HttpAnswer } from '../http/http-client.ts'
import { graphCodeOf, isLimitCode, isPassingCode } from './graph-error.ts'

/** From this part of a limit on, each request waits a little longer. Percent. */
const SLOWER_FROM = 75
const SLOWEST_MS = 10 * SECOND_MS
const LIMITED_MS = 5 * MINUTE_MS
const PASSING_MS = 5 * SECOND_MS

/**
 * How long to wait after an answer, milliseconds, or null: by the codes of limits, and by the part of them that is used,
 * which the headers tell in percent (developers.facebook.com, "Rate Limits").
 */
export const graphWaitOf = ({ status, headers, body }: HttpAnswer): number | null => {
  const { percent, regainMs } = usageOf(headers)
  if (status >= 400) {
    const code = graphCodeOf(body)
    if (isLimitCode(code)) return regainMs ?? LIMITED_MS
    return isPassingCode(code) && status < 500 ? PASSING_MS : null
  }
  if (percent >= 100) return regainMs ?? LIMITED_MS
  return percent < SLOWER_FROM ? null : Math.round(((percent - SLOWER_FROM) / (100 - SLOWER_FROM)) * SLOWEST_MS)
}

/** `X-Business-Use-Case-Usage` has a list of uses for each account, with the minutes until access is regained. */
const usageOf = (headers: Headers): { percent: number; regainMs: number | null } => {
  const ofBusiness = Object.values(headerOf(headers, 'x-business-use-case-usage') ?? {}).flatMap(itemsOf)
  const uses = [headerOf(headers, 'x-app-usage'), headerOf(headers, 'x-page-usage'), ...ofBusiness.map(fieldsOf)]
  const percents = uses.flatMap((use) =>
    ['call_count', 'total_cputime', 'total_time'].map((name) => numberOf(use?.[name]) ?? 0),
  )
  const regainMinutes = Math.max(0, ...uses.map((use) => numberOf(use?.['estimated_time_to_regain_access']) ?? 0))
  return { percent: Math.max(0, ...percents), regainMs: regainMinutes > 0 ? regainMinutes * MINUTE_MS : null }
}

const headerOf = (headers: Headers, name: string): Fields | undefined => {
  const parsed = parseJson(headers.get(name) ?? '')
  return parsed.ok ? fieldsOf(parsed.value) : undefined
}
