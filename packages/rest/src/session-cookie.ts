import { SESSION_COOKIE, SESSION_SECONDS } from './session-book.ts'

/** The cookie of a session; of none where the secret is null. */
export const sessionCookie = (secret: string | null, secure: boolean): string => {
  const maxAge = secret === null ? 0 : SESSION_SECONDS
  return `${SESSION_COOKIE}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
}
