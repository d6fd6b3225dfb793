import type { Config } from '@outcry/contracts'
import { createIdentityProvider } from '@outcry/rest'
import type { Clock } from '@outcry/runtime'

/** Where the identity provider is to send people back to. Throws OIDC_UNREACHABLE where it does not answer as one. */
export const lookAtProvider = async (
  oidc: NonNullable<Config['api']['oidc']>,
  address: string,
  clock: Clock,
): Promise<string> => {
  const provider = createIdentityProvider({ config: oidc, address: () => address, taken: new Set(), clock })
  const { location } = await provider.begin()
  return new URL(location).searchParams.get('redirect_uri') ?? ''
}
