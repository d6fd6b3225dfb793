import { createKeyedHash } from './keyed-hash.ts'

/** Keyed hashes of this installation: of no use outside it. */
export type Keys = {
  mentionKey: (id: string) => Buffer
  /** Of the id that a mention's author has, hashed or plain. */
  authorKey: (id: string) => Buffer
  /** The id an author has in mentions: a keyed hash of the platform's, or the platform's own where configured so. */
  authorId(connector: string, id: string): string
  /** Of an erasure of these ids. */
  erasureId(ids: readonly string[]): string
}

export const createKeys = (secret: Uint8Array, authorIds: 'hashed' | 'plain'): Keys => {
  const keyed = createKeyedHash(secret)
  const hash = (scope: string, id: string) => keyed(`${scope}\0${id}`).subarray(0, 16)
  return {
    mentionKey: (id) => hash('mention', id),
    authorKey: (id) => hash('author', id),
    authorId: (connector, id) =>
      authorIds === 'plain' ? id : hash(`author of ${connector}`, id).toString('base64url'),
    erasureId: (ids) => `er_${hash('erasure', JSON.stringify(ids)).toString('base64url')}`,
  }
}
