import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { OutcryError } from '@outcry/contracts'

type Signed = {
  algorithm: 'ES256' | 'RS256'
  key: KeyObject
  header: Readonly<Record<string, string>>
  claims: Readonly<Record<string, string | number>>
}

/** A JSON Web Token in its compact form (RFC 7515, RFC 7518). */
export const signJwt = ({ algorithm, key, header, claims }: Signed): string => {
  const signed = [{ alg: algorithm, typ: 'JWT', ...header }, claims].map(encoded).join('.')
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

/** The private key of a source as PEM, also where its line ends were written as `\n` in a variable. */
export const signingKey = (pem: string, type: 'ec' | 'rsa', source: string): KeyObject => {
  const key = keyFrom(pem.replaceAll('\\n', '\n'))
  if (key?.asymmetricKeyType === type) return key
  throw new OutcryError(
    'SOURCE_CONFIG_INVALID',
    `The private key of source ${source} is no ${type.toUpperCase()} key.`,
    {
      fix: 'Give the whole PEM file, from BEGIN to END, best as file:PATH.',
    },
  )
}

const keyFrom = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
