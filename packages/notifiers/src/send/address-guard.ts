import { isIP, type LookupFunction } from 'node:net'
import { OutcryError } from '@outcry/contracts'
import ipaddr from 'ipaddr.js'

type AddressRule = (hostname: string, address: string) => boolean

/** Which addresses a target may reach: the public internet, and what `allowPrivate` names. */
export type AddressGuard = {
  /** Whether a connection to this address may be made for this host name. */
  allows: AddressRule
  /** Whether `hostname`, or this address, is named in `allowPrivate`. */
  names: AddressRule
}

/** Where IPv6 addresses of the public internet are (RFC 4291); outside it are old forms that hold IPv4 ones. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Entries of `allowPrivate` are addresses, CIDR ranges, or host names. */
export const createAddressGuard = (allowPrivate: readonly string[]): AddressGuard => {
  const hosts = new Set(allowPrivate.map((entry) => entry.toLowerCase()))
  const ranges = allowPrivate.flatMap((entry) => {
    if (ipaddr.isValidCIDR(entry)) return [ipaddr.parseCIDR(entry)]
    if (isIP(entry) === 0) return []
    const address = ipaddr.process(entry)
    return [[address, address.kind() === 'ipv4' ? 32 : 128] as [typeof address, number]]
  })
  const names = (hostname: string, address: string): boolean => {
    if (hosts.has(hostname.toLowerCase())) return true
    if (isIP(address) === 0) return false
    const parsed = ipaddr.process(address)
    return ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))
  }
  const isPublic = (address: string) => {
    if (isIP(address) === 0) return false
    const parsed = ipaddr.process(address)
    return parsed.range() === 'unicast' && (!(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_IPV6))
  }
  return { names, allows: (hostname, address) => names(hostname, address) || isPublic(address) }
}

/** What a refused connection fails with. */
export const addressRefused = (hostname: string): OutcryError =>
  new OutcryError('TARGET_ADDRESS_REFUSED', 'the target is not on the public internet', {
    fix: `Add "${hostname}" to allowPrivate of the target, if it is a receiver on your premises.`,
  })

/**
 * A DNS lookup that hands on only allowed addresses of what `resolve` finds. It runs at every connect, and the
 * connection is made to what it returned, so a name that changes its mind (DNS rebinding) gains nothing. It is not
 * called for literals.
 */
export const guardedLookup =
  (resolve: LookupFunction, allows: AddressRule): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0)
      const addresses = (Array.isArray(found) ? found : []).filter(({ address }) => allows(hostname, address))
      const first = addresses[0]
      if (first === undefined) return callback(addressRefused(hostname), '', 0)
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
