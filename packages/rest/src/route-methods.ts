import type { FastifyInstance } from 'fastify'

const WORD = /[\\^$.|?+()[\]{}]/g
const patternOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(WORD, '\\$&')))
  return new RegExp(`^${parts.join('/').replaceAll('*', '.*')}$`)
}

/** `methodsOf` a path is empty where no route has it; `all` as "GET /api/v1/issues/:id", sorted. */
export type RouteMethods = { methodsOf: (path: string) => string[]; all: () => string[] }

/** The routes that are added from now on. */
export const watchRouteMethods = (app: FastifyInstance): RouteMethods => {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    routes.set(url, known)
    for (const each of [method].flat()) known.methods.add(each)
  })
  return {
    methodsOf: (path) => {
      const fitting = [...routes.values()].filter(({ pattern }) => pattern.test(path))
      return [...new Set(fitting.flatMap(({ methods }) => [...methods]))].sort()
    },
    all: () => [...routes].flatMap(([url, { methods }]) => [...methods].map((method) => `${method} ${url}`)).sort(),
  }
}
