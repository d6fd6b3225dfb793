import { PlatformRefusal } from './platform-error.ts'

const SENDABLE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

/**
 * The headers, where all of them can be sent. A secret with a line end within or a letter of another alphabet cannot: a
 * person's job, told without the value, which `fetch` would put into its error and so into logs.
 */
export const sendableHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const unfit = Object.keys(headers).find((name) => !SENDABLE.test(headers[name]!.trim()))
  if (unfit === undefined) return headers
  throw new PlatformRefusal(401, `the header ${unfit} would hold a line end or a letter that no header can carry`)
}
