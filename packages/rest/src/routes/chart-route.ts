import { Type } from 'typebox'
import { chartImage } from '../chart/chart-image.ts'
import type { ChartPort } from '../ports-of-charts.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import { Refusal } from '../refusal.ts'
import { Moment, momentMs } from '../views/times.ts'
import { answers, IdParams, type RestApp } from './answers.ts'

const MAX_KEPT = 64
/** Tools fetch an image for each who looks at it. */
const FRESH_SECONDS = 300
const ChartQuery = Type.Object(
  {
    at: Moment('Time of the message; the chart ends there.'),
    expires: Moment('The link is good until then.'),
    signature: Type.String({ maxLength: 100 }),
  },
  { additionalProperties: false },
)
const Png = {
  description: 'A PNG of 640 by 240 pixels',
  content: { 'image/png': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}

/**
 * `GET /charts/{id}.png`, for tools that show images and have no token: the link is signed and says which issue, up to
 * when. Without a right signature nothing is read. Drawn once for the same content; the last 64 are kept.
 */
export const chartRoute = (app: RestApp, charts: ChartPort, issues: IssueReader, now: () => number): void => {
  const drawn = createDrawer()
  app.get(
    '/charts/:id.png',
    {
      config: { access: 'own' },
      schema: {
        operationId: 'getIssueChart',
        summary: "An issue's people against what was expected, as an image; by a signed link out of a message",
        tags: ['issues'],
        security: [{ link: [] }],
        params: IdParams,
        querystring: ChartQuery,
        response: { 200: Png, ...answers({}) },
      },
    },
    async (request, reply) => {
      const { at, expires, signature } = request.query
      const atMs = momentMs('querystring', 'at', at)
      const link = { issueId: request.params.id, atMs, expiresAtMs: momentMs('querystring', 'expires', expires) }
      if (!(await charts.signed(link, signature)))
        throw new Refusal('LINK_REFUSED', 'Follow the link as it stands in the message.')
      if (link.expiresAtMs <= now()) throw new Refusal('LINK_EXPIRED', 'Open the issue; newer messages link to it too.')
      const issue = await issues.find(link.issueId)
      if (issue === null) throw new Refusal('NOT_FOUND', 'The issue is no longer kept.')
      const { label, series } = issue.evidence
      const before = series.filter((step) => step.at <= atMs)
      // The series holds 6 hours: of an issue that went on for longer only newer steps are left.
      const image = drawn({ brand: issue.brand, label, series: before.length > 0 ? before : series })
      return reply
        .headers({
          'content-type': 'image/png',
          'cache-control': `public, max-age=${FRESH_SECONDS}`,
          'cross-origin-resource-policy': 'cross-origin',
        })
        .send(image)
    },
  )
}

/** Draws; what was drawn from the same content lately is given again. */
const createDrawer = () => {
  const kept = new Map<string, Buffer>()
  return (chart: Parameters<typeof chartImage>[0]): Buffer => {
    const key = JSON.stringify(chart)
    const image = kept.get(key) ?? Buffer.from(chartImage(chart))
    kept.delete(key)
    if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, image)
    return image
  }
}
