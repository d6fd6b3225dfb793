/** What the console reads; the shapes of docs/openapi.json that it uses. Times are ISO 8601. */
export type Severity = 'incident' | 'major' | 'crisis'
export type IssueSummary = {
  id: string
  brand: string
  state: string
  severity: Severity
  calm: boolean
  drill: boolean
  label: string
  since: string
  openedAt: string
  updatedAt: string
  mentions: number
  authors: number
  observed: number
  expected: number
  windowMs: number
  authenticity: string
  page: boolean
  pageReason: string
  waiting: { target: string; until: string }[]
  held: boolean
  acknowledgedBy: string | null
  mergedInto: string | null
}
export type Exemplar = { mentionId: string; at: string; source: string; excerpt: string; url: string | null }
export type Step = { at: string; people: number; expected: number }
export type Issue = IssueSummary & {
  terms: string[]
  perHour: number
  reposts: number
  lastHour: number | null
  hourBefore: number | null
  hostilityRise: number | null
  unanswered: number | null
  firstHand: number | null
  hearsay: number | null
  reach: number
  harm: string
  platforms: Record<string, number>
  delays: { source: string; posts: number; medianMs: number }[]
  recurrenceOf: string | null
  reasons: string[]
  exemplars: Exemplar[]
  series: Step[]
}
/** A burst that came near to an issue and opened none. */
export type Nearly = {
  id: string
  brand: string
  at: string
  since: string
  label: string
  windowMs: number
  observed: number
  expected: number
  needed: number
  reasons: string[]
}
export type TimelineEntry = { id: string; at: string; kind: string; actor: string; data: Record<string, unknown> }
export type Source = {
  name: string
  connector: string
  state: 'live' | 'lagging' | 'blind'
  reason: string
  stateSince: string | null
  lastEventAt: string | null
}
export type Paging = {
  price: number | null
  freeAt: string | null
  weeks: { pages: number; crises: number }[]
  perWeek: number
  closed: number
  dismissed: number
  held: number
}
export type Brand = { id: string; name: string; pagesPerWeek: number; pagesUsed: number; paging: Paging }
export type Me = { name: string; role: 'viewer' | 'responder' | 'admin' }
export type SignIn = { oidc: { label: string; url: string } | null }
export type Command = 'acknowledge' | 'announce' | 'resolve' | 'dismiss'

/** A refusal, with what to do. */
export class ApiFault extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Asks the API; a refusal is an `ApiFault`. */
export const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const answer = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init })
  if (answer.status === 204) return null as T
  const body = (await answer.json()) as T & { title?: string; detail?: string }
  if (answer.ok) return body
  throw new ApiFault(answer.status, [body.title, body.detail].filter(Boolean).join('. '))
}
export const post = async <T>(path: string, body: object): Promise<T> =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
export const issuePath = (id: string) => `/issues/${encodeURIComponent(id)}`

export const readMe = async (): Promise<Me> => ask('/session')
export const signIn = async (token: string): Promise<Me> =>
  ask('/session', { method: 'POST', headers: { authorization: `Bearer ${token}` } })
export const readSignIn = async (): Promise<SignIn> => ask('/sign-in')
/** `signOutUrl` is where the identity provider ends its own session, if it does. */
export const signOut = async (): Promise<{ signOutUrl: string } | null> => ask('/session', { method: 'DELETE' })
export const readIssues = async (query: string): Promise<IssueSummary[]> =>
  (await ask<{ items: IssueSummary[] }>(`/issues?${query}`)).items
export const readIssue = async (id: string): Promise<Issue> => ask(issuePath(id))
export const readTimeline = async (id: string): Promise<TimelineEntry[]> =>
  (await ask<{ items: TimelineEntry[] }>(`${issuePath(id)}/timeline?limit=200`)).items
export const readNearly = async (query: string): Promise<Nearly[]> =>
  (await ask<{ items: Nearly[] }>(`/suppressed?${query}`)).items
export const readSources = async (): Promise<Source[]> => (await ask<{ items: Source[] }>('/sources')).items
export const readBrands = async (): Promise<Brand[]> => (await ask<{ items: Brand[] }>('/brands')).items
export const decide = async (id: string, command: Command, body: object): Promise<{ issue: Issue }> =>
  post(`${issuePath(id)}/${command}`, body)
