import type { Attempt } from './identity-provider.ts'

const NAME = 'outcry_sign_in'
const SECONDS = 600
const FORM = /^([\w-]{20,128})\.([\w-]{20,128})\.([\w-]{43,128})$/

/**
 * The cookie that binds a sign-in to the browser that began it. It comes back with the provider's redirect, which is a
 * navigation from another site, so it is Lax where the session's is Strict.
 */
export const attemptCookie = (attempt: Attempt | null, secure: boolean): string => {
  const value = attempt === null ? '' : `${attempt.state}.${attempt.nonce}.${attempt.verifier}`
  const maxAge = attempt === null ? 0 : SECONDS
  return `${NAME}=${value}; Path=/login/oidc; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
}

/** The attempt of a Cookie header; null where there is none that Outcry made. */
export const attemptOf = (cookie: string | undefined): Attempt | null => {
  for (const part of (cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    const found = name === NAME ? FORM.exec(value ?? '') : null
    if (found) return { state: found[1]!, nonce: found[2]!, verifier: found[3]! }
  }
  return null
}
