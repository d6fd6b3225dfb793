import type { OidcConfig } from '@outcry/contracts'

/** Sign-in with "Acme ID" for the addresses of acme.example. */
export const oidcOf = (issuer: string, clientSecret: string): OidcConfig => ({
  issuer,
  clientId: 'outcry',
  clientSecret,
  clientAuth: 'basic',
  label: 'Acme ID',
  scopes: ['email', 'groups'],
  groupsClaim: 'groups',
  nameClaim: 'email',
  emailDomains: ['acme.example'],
  clockToleranceMs: 30_000,
  access: [
    { group: 'desk-leads', role: 'admin' },
    { group: 'acme-desk', role: 'responder', brands: ['acme'] },
  ],
})
