import { gzipSync } from 'node:zlib'
import type { ConsoleAsset } from '@outcry/console'
import type { Rest } from '@outcry/rest'

/** A page that was opened before asks for none of its files again. */
const FOREVER = 'public, max-age=31536000, immutable'

/** Serves the console's files, packed once for who takes that. */
export const serveConsole = (app: Rest['app'], assets: readonly ConsoleAsset[]): void => {
  for (const { path, contentType, body, etag, lasting } of assets) {
    const packed = gzipSync(body)
    app.get(path, { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
      reply.headers({ 'content-type': contentType, etag, vary: 'Accept-Encoding' })
      if (lasting) reply.header('cache-control', FOREVER)
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return body
      return reply.header('content-encoding', 'gzip').send(packed)
    })
  }
}
