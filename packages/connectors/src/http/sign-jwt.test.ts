import { generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signingKey, signJwt } from './sign-jwt.ts'

const pem = { format: 'pem', type: 'pkcs8' } as const
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })

describe('signing a token', () => {
  it.each([
    ['ES256', 'ec', ec],
    ['RS256', 'rsa', rsa],
  ] as const)('writes %s as its verifiers read it', (algorithm, type, pair) => {
    const key = signingKey(pair.privateKey.export(pem).toString(), type, 'store')
    const token = signJwt({ algorithm, key, header: { kid: 'K1' }, claims: { iss: 'me', exp: 12 } })
    const [header, claims, signature] = token.split('.')
    expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toEqual({ alg: algorithm, typ: 'JWT', kid: 'K1' })
    expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toEqual({ iss: 'me', exp: 12 })
    const signed = Buffer.from(`${header}.${claims}`)
    const publicKey = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' } as const
    expect(verify('sha256', signed, publicKey, Buffer.from(signature!, 'base64url'))).toBe(true)
  })

  it('takes a key whose line ends are written out, and refuses others with what to do', () => {
    const oneLine = ec.privateKey.export(pem).toString().replaceAll('\n', '\\n')
    expect(signingKey(oneLine, 'ec', 'store').asymmetricKeyType).toBe('ec')
    for (const [key, type] of [
      ['no key', 'ec'],
      [oneLine, 'rsa'],
      ['', 'rsa'],
    ] as const)
      expect(() => signingKey(key, type, 'store')).toThrow(
        expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID', message: expect.not.stringContaining('BEGIN') }),
      )
  })
})
