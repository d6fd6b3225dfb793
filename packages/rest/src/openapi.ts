import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { DOCS_POLICY } from './security-headers.ts'
import { SESSION_COOKIE } from './session-book.ts'

const DESCRIPTION = `Issues, clusters and evidence of Outcry. Lists are paged by an opaque cursor; every GET has an ETag;
writes take an Idempotency-Key; every fault is RFC 9457 problem details with a stable \`code\`. Text of posts is text of
the world: show it as text.`

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="32"><text y="24" fill="#fff" font-size="24" ' +
  'font-family="sans-serif" font-weight="bold">Outcry</text></svg>'

const TAGS = {
  issues: 'Clusters that burst, as people handle them',
  mutes: 'What people want to hear nothing of for a while',
  complaints: 'Complaints of an issue: who waits, who has them in hand, how they ended',
  statements: 'What the company says of an issue: drafted here, published by people',
  events: 'Releases, planned work and what else happened beside the posts',
  playbooks: 'What issues are about, and what was decided beforehand for each',
  clusters: 'Complaints that say the same thing',
  mentions: 'Push posts, reviews and tickets',
  brands: 'What is watched',
  sources: 'Where mentions come from',
  deliveries: 'Alerts on their way to targets',
  erasures: 'What has to be forgotten for a person',
  session: 'Browser sessions',
  people: 'Who wrote what',
  operation: 'Health and metrics',
}

/** OpenAPI 3.1 at `/openapi.json`, browsable at `/docs` without any other host. */
export const registerOpenApi = async (app: FastifyInstance): Promise<void> => {
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs')) route.config = { ...route.config, access: 'public' }
  })
  await app.register(swagger, {
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, n) => (typeof $id === 'string' ? $id : `Schema${n}`),
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Outcry',
        version: '1',
        description: DESCRIPTION.replaceAll('\n', ' '),
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'viewer < responder < admin, for some brands or all' },
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          signature: {
            type: 'apiKey',
            in: 'header',
            name: 'webhook-signature',
            description: 'Standard Webhooks 1.0, with webhook-id and webhook-timestamp',
          },
          pagerduty: {
            type: 'apiKey',
            in: 'header',
            name: 'x-pagerduty-signature',
            description: 'v1= and HMAC-SHA256 of the body in hex; several, separated by commas',
          },
          platform: {
            type: 'apiKey',
            in: 'header',
            name: 'x-hub-signature-256',
            description: "As the source's platform signs; other platforms use headers of their own",
          },
          link: {
            type: 'apiKey',
            in: 'query',
            name: 'signature',
            description: 'In the links of messages: HMAC-SHA256 over issue, at and expires',
          },
        },
      },
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    logo: { type: 'image/svg+xml', content: LOGO },
    theme: { title: 'Outcry API' },
    staticCSP: DOCS_POLICY,
    uiConfig: { validatorUrl: null, deepLinking: true },
  })
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
}
