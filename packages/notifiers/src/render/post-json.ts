import type { HttpRequest } from '../format.ts'

/** A JSON body, as text, to an address; `headers` come on top, also of its content type. */
export const postJson = (url: string, body: string, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json', ...headers },
  body,
})

/** `path` below a base address, which people write with or without a slash at its end. */
export const below = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`
