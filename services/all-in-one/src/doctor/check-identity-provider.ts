import type { Config } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { lookAtProvider } from '@outcry/service-api'
import { publicUrlOf } from '../system/api-address.ts'
import { fine, type Finding, findingOf } from './finding.ts'

/** Whether people can be sent to the identity provider, and where it must know to send them back to. */
export const checkIdentityProvider = async ({ api }: Pick<Config, 'api'>, clock: Clock): Promise<Finding[]> => {
  if (api.oidc === undefined) return []
  const check = 'identity provider'
  try {
    const back = await lookAtProvider(api.oidc, publicUrlOf(api), clock)
    return [fine(check, `${api.oidc.issuer} answers; it must know the redirect address ${back}`)]
  } catch (error) {
    return [findingOf(check, error)]
  }
}
