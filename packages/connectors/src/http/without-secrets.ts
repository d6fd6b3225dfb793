import type { HttpRequest } from './http-client.ts'

/** Headers that tell what is asked for, not who asks. */
const PLAIN_HEADERS = new Set(['user-agent', 'accept', 'content-type', 'if-none-match', 'if-modified-since'])
const SECRET_NAME = /token|secret|key|proof|sig|password|assertion|code/i
/** Telegram's secret stands in the path, behind a colon. */
const PATH_SECRET = /\/bot(\d+:[\w-]+)/
const MIN_CHARS = 8

/**
 * The body of a refusal without what proved who asked: some platforms say a refused token again, and what they say
 * stands in reasons and logs.
 */
export const withoutSecrets = (
  body: Buffer,
  { url, body: sent = '' }: HttpRequest,
  headers: Readonly<Record<string, string>>,
): Buffer => {
  const secrets = [
    ...Object.entries(headers).flatMap(([name, value]) =>
      PLAIN_HEADERS.has(name.toLowerCase()) ? [] : value.split(/\s+/),
    ),
    ...secretFields(new URL(url).searchParams),
    ...secretFields(new URLSearchParams(sent)),
    ...(PATH_SECRET.exec(url)?.slice(1) ?? []),
  ].filter((secret) => secret.length >= MIN_CHARS)
  if (!secrets.some((secret) => body.includes(secret))) return body
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length)
  return Buffer.from(longestFirst.reduce((text, secret) => text.replaceAll(secret, '…'), body.toString('utf8')))
}

const secretFields = (fields: URLSearchParams): string[] =>
  [...fields].flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : []))
