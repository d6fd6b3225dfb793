import { createHmac } from 'node:crypto'
import { secretMatches } from './secret-matches.ts'

/**
 * Whether a platform's signature is the HMAC of the signed bytes by one of the secrets, in constant time. A name before
 * "=" in the signature (`sha256=…`) has to be the algorithm's; hex is taken in either case.
 */
export const hmacMatches = (
  { algorithm, encoding }: { algorithm: 'sha256' | 'sha1'; encoding: 'hex' | 'base64' },
  secrets: readonly string[],
  signed: Uint8Array | readonly Uint8Array[],
  signature: string | undefined,
): boolean => {
  if (signature === undefined) return false
  const named = /^(sha\d+)=(.*)$/i.exec(signature)
  if (named !== null && named[1]!.toLowerCase() !== algorithm) return false
  const bare = named?.[2] ?? signature
  const given = encoding === 'hex' ? bare.toLowerCase() : bare
  const parts = signed instanceof Uint8Array ? [signed] : signed
  const expected = secrets
    .filter((secret) => secret !== '')
    .map((secret) => {
      const hmac = createHmac(algorithm, secret)
      for (const part of parts) hmac.update(part)
      return hmac.digest(encoding)
    })
  return secretMatches(expected, given)
}
