import { randomBytes } from 'node:crypto'

/** No UTF-8 text begins with this byte. */
const NONE = 0xff

/** A compacted topic takes no record without a key: one of its own, which never comes again, stands for none. */
export const keyOfNone = (): Buffer => Buffer.concat([Buffer.from([NONE]), randomBytes(15)])

export const readKey = (key: Buffer | null): string | null => (key === null || key[0] === NONE ? null : key.toString())
