import type { Role } from '@outcry/contracts'

export type Me = { name: string; role: Role }
export type SignIn = { oidc: { label: string; url: string } | null }
