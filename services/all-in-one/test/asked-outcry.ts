import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StartedOutcry } from './started-outcry.ts'

type Source = { name: string; state: string; reason: string; brands: string[] | null }

/** Asks a started Outcry whose API runs, as its admin. */
export const askOutcry = (outcry: StartedOutcry, cwd: string) => {
  const url = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
  const token = readFileSync(join(cwd, '.outcry/admin-token'), 'utf8').trim()
  const ask = async (path: string, method = 'GET', body: object = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() }
  }
  const items = async <T>(path: string) => (JSON.parse((await ask(path)).body) as { items: T[] }).items
  return {
    url,
    token,
    ask,
    items,
    sources: async () => new Map((await items<Source>('/api/v1/sources')).map((source) => [source.name, source])),
    issues: () => items<{ id: string; brand: string; state: string }>('/api/v1/issues'),
    /** The value of a metric as the exposition has it, NaN where it is absent. */
    metric: async (series: string) => {
      const line = (await ask('/metrics')).body.split('\n').find((each) => each.startsWith(`${series} `))
      return Number(line?.slice(series.length + 1) ?? NaN)
    },
  }
}
