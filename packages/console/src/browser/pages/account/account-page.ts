import { h, type VNode } from 'preact'
import { button, el } from '../../kit/elements.ts'
import { useStore } from '../../kit/store.ts'
import { useBrandNames } from '../../shell/use-brands.ts'
import { session, signOut } from '../../sign-in/session.ts'
import { AuditSection } from './audit-section.ts'
import { ErasureSection } from './erasure-section.ts'
import { PeopleSection } from './people-section.ts'
import { SessionsSection } from './sessions-section.ts'

const MAY = {
  viewer: 'read everything here',
  responder: 'decide about issues, say what is said, and mute',
  admin: 'decide about issues, say what is said, mute, send again, and see who did what',
} as const

/** Who looks and what they may; for admins also who is signed in, who did what, and what is to be forgotten. */
export const AccountPage = (): VNode | null => {
  const { me } = useStore(session)
  const nameOf = useBrandNames()
  if (me === null) return null
  const ofAll = me.role === 'admin' && me.brands === null
  return el(
    'section',
    { class: 'account-page', 'aria-labelledby': 'account-title' },
    el('h2', { id: 'account-title' }, 'Account'),
    el(
      'p',
      { class: 'lead' },
      'You are ',
      el('b', {}, me.name),
      `, ${me.role} of ${me.brands === null ? 'every brand' : me.brands.map(nameOf).join(', ')}. You may ${MAY[me.role]}.`,
    ),
    el('p', {}, button('Sign out', signOut)),
    ofAll && h(SessionsSection, {}),
    ofAll && h(PeopleSection, { me }),
    ofAll && h(ErasureSection, {}),
    me.role === 'admin' && h(AuditSection, { nameOf }),
  )
}
