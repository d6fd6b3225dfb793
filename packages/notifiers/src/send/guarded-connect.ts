import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { addressRefused, createAddressGuard, guardedLookup } from './address-guard.ts'

/** Whether a connection is read by nobody on its way. Plain ones only reach what `allowPrivate` names. */
export type Secrecy = 'secure' | 'plain'

/** Says which connections of a target may be made: by literal at once, by name when it is resolved. */
export type ConnectGuard = {
  /** Throws TARGET_ADDRESS_REFUSED for an address that may not be reached. `hostname` may be in brackets. */
  checkLiteral(hostname: string, secrecy: Secrecy): void
  lookup(secrecy: Secrecy): LookupFunction
}

export const createConnectGuard = (allowPrivate: readonly string[], resolve: LookupFunction = lookup): ConnectGuard => {
  const guard = createAddressGuard(allowPrivate)
  const rules = { secure: guard.allows, plain: guard.names }
  const lookups = { secure: guardedLookup(resolve, rules.secure), plain: guardedLookup(resolve, rules.plain) }
  return {
    checkLiteral: (hostname, secrecy) => {
      const bare = hostname.replace(/^\[|\]$/g, '')
      if (isIP(bare) !== 0 && !rules[secrecy](bare, bare)) throw addressRefused(bare)
    },
    lookup: (secrecy) => lookups[secrecy],
  }
}
