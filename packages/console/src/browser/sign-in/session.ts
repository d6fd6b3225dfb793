import { render } from 'preact'
import { ask, ApiFault } from '../kit/api.ts'
import { atMostEvery } from '../kit/at-most-every.ts'
import { keepSame } from '../kit/keep-same.ts'
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
/** Somebody else looks: nothing of the one before stays, neither what was read or chosen nor what was typed. */
const beginAnew = (): void => {
  session.set({ me: null, fault: null })
  render(null, document.body)
  location.replace('/')
}
const enter = (me: Me): void => {
  const before = session.get()
  if (before.me !== null && before.me.name !== me.name) return beginAnew()
  session.set(keepSame(before, { me, fault: null }) as Session)
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
const AGAIN_MS = 15_000
const BURST_MS = 1_000
/** In another tab of the browser the session may have ended, or somebody else signed in; also while updates are paused. */
const lookAgain = async (): Promise<void> => {
  if (session.get().me === null) return
  try {
    enter(await ask<Me>('/session'))
  } catch (error) {
    if (error instanceof ApiFault && error.status === 401) await refresh()
  }
}
const lookSoon = atMostEvery(BURST_MS, () => void lookAgain())

/** Finds out who looks, and asks to sign in where nobody is known, now or later. */
export const openSession = async (): Promise<void> => {
  unread.subscribe(() => {
    if (unread.get()?.status === 401) void askForToken()
  })
  setInterval(lookSoon, AGAIN_MS)
  window.addEventListener('focus', lookSoon)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && lookSoon())
  await findOut()
}

export const signOut = async (): Promise<void> => {
  const left = await ask<{ signOutUrl: string } | null>('/session', { method: 'DELETE' })
  location.assign(left?.signOutUrl ?? '/')
}
