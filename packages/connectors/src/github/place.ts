import { type Fields, textOf } from '../fields.ts'

/** Where an item stands. `scope`: host and repository in lower case. `number`: of its issue or discussion. */
export type Place = { scope: string; kind: string | undefined; number: number | undefined }

const PAGE =
  /^https?:\/\/([^/?#]{1,100})\/([^/?#]{1,100}\/[^/?#]{1,100})\/(issues|pull|discussions)\/(\d{1,12})(?:[?#/]|$)/i
const API =
  /^https?:\/\/(?:api\.)?([^/?#]{1,100})\/(?:api\/v3\/)?repos\/([^/?#]{1,100}\/[^/?#]{1,100})(?:\/(issues)\/(\d{1,12}))?(?:[?#/]|$)/i

/** The place an item's own addresses tell, else the repository it came with, else the source. */
export const placeOf = (item: Fields, other: { repository?: string | undefined; source: string }): Place => {
  const match =
    PAGE.exec(textOf(item['html_url']) ?? '') ??
    API.exec(textOf(item['issue_url']) ?? '') ??
    API.exec(textOf(item['repository_url']) ?? textOf(item['url']) ?? '')
  if (match === null) {
    const scope = other.repository === undefined ? other.source : `github.com/${other.repository}`
    return { scope: scope.toLowerCase(), kind: undefined, number: undefined }
  }
  const [, host, repository, kind, number] = match
  return {
    scope: `${host}/${repository}`.toLowerCase(),
    kind: kind?.toLowerCase(),
    number: number === undefined ? undefined : Number(number),
  }
}
