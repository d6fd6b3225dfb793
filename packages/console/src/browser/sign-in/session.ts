import { ask, ApiFault } from '../kit/api.ts'
import { forgetReadings, refresh, unread } from '../kit/readings.ts'
import { createStore } from '../kit/store.ts'
import { beginUpdates } from '../kit/updates.ts'
import type { Me, SignIn } from '../views/session.ts'
import { askToSignIn } from './ask-to-sign-in.ts'

/** Who looks at the page, or why nobody can. */
export type Session = { me: Me | null; fault: ApiFault | null }
export const session = createStore<Session>({ me: null, fault: null })

const signIn = async (token: string): Promise<void> => {
  const me = await ask<Me>('/session', { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  forgetReadings()
  enter(me)
  await refresh()
}
const enter = (me: Me): void => {
  session.set({ me, fault: null })
  beginUpdates()
}

const askForToken = async (): Promise<void> => {
  const ways = await ask<SignIn>('/sign-in').catch(() => ({ oidc: null }))
  askToSignIn(ways, signIn)
}

const RETRY_MS = 5_000
const findOut = async (): Promise<void> => {
  try {
    enter(await ask<Me>('/session'))
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error
    if (error.status === 401) return askForToken()
    session.set({ me: null, fault: error })
    setTimeout(() => void findOut(), RETRY_MS)
  }
}
/** Finds out who looks, and asks to sign in where nobody is known, now or later. */
export const openSession = async (): Promise<void> => {
  unread.subscribe(() => {
    if (unread.get()?.status === 401) void askForToken()
  })
  await findOut()
}

export const signOut = async (): Promise<void> => {
  const left = await ask<{ signOutUrl: string } | null>('/session', { method: 'DELETE' })
  location.assign(left?.signOutUrl ?? '/')
}
