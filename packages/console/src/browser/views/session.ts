import type { Role } from '@outcry/contracts'

export type Me = { name: string; role: Role; brands: string[] | null }
export type SignIn = { oidc: { label: string; url: string } | null }
