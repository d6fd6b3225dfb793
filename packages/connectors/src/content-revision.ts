import { hash } from 'node:crypto'

/** Revision of content whose platform does not number edits: 96 bits of a hash, 16 characters. */
export const contentRevision = (...parts: readonly (string | number | undefined)[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16)
