import type { FastifyInstance } from 'fastify'

const WORD = /[\\^$.|?+()[\]{}]/g
const patternOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(WORD, '\\$&')))
  return new RegExp(`^${parts.join('/').replaceAll('*', '.*')}$`)
}

/** Which methods a path has, of the routes that are added from now on. Empty: no route has the path. */
export const watchRouteMethods = (app: FastifyInstance): ((path: string) => string[]) => {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    routes.set(url, known)
    for (const each of [method].flat()) known.methods.add(each)
  })
  return (path) => {
    const fitting = [...routes.values()].filter(({ pattern }) => pattern.test(path))
    return [...new Set(fitting.flatMap(({ methods }) => [...methods]))].sort()
  }
}
