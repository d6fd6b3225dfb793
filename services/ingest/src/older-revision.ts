const NUMBER = /^\d{1,20}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

/**
 * Whether a revision came before another, by the number or the time that its platform gives revisions. Of hashes nobody
 * can tell: false.
 */
export const isOlderRevision = (revision: string, than: string): boolean => {
  if (NUMBER.test(revision) && NUMBER.test(than)) return BigInt(revision) < BigInt(than)
  return INSTANT.test(revision) && INSTANT.test(than) && Date.parse(revision) < Date.parse(than)
}
