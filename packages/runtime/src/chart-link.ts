import { createHmac, timingSafeEqual } from 'node:crypto'
import { isoTime } from '@outcry/contracts'

/** Which chart a link shows: an issue's, as of `atMs`, until `expiresAtMs`. Times are epoch milliseconds. */
export type ChartLink = { issueId: string; atMs: number; expiresAtMs: number }

/** Name of the installation's key that signs charts. */
export const CHART_KEY = 'chart-links'

/** HMAC-SHA256 in base64url over what a link shows; needs no token, so it says one chart and one time only. */
export const chartSignature = (key: Uint8Array, { issueId, atMs, expiresAtMs }: ChartLink): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['outcry chart 1', issueId, atMs, expiresAtMs]))
    .digest('base64url')

/** Whether this installation made the link; takes the same time for every wrong signature. */
export const isChartSignature = (key: Uint8Array, link: ChartLink, signature: string): boolean => {
  const wanted = Buffer.from(chartSignature(key, link))
  const given = Buffer.from(signature)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** The address of a chart; `publicUrl` has no slash at its end. */
export const chartUrl = (publicUrl: string, key: Uint8Array, link: ChartLink): string => {
  const { issueId, atMs, expiresAtMs } = link
  const query = new URLSearchParams({
    at: isoTime(atMs),
    expires: isoTime(expiresAtMs),
    signature: chartSignature(key, link),
  })
  return `${publicUrl}/api/v1/charts/${encodeURIComponent(issueId)}.png?${query.toString()}`
}
