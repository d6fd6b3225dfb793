import { type Connector, connectors } from '@outcry/connectors'
import type { Config, SourceConfig } from '@outcry/contracts'
import { publicUrlOf } from '../system/api-address.ts'
import { faulty, fine, type Finding } from './finding.ts'

/** Where the platform of a source is to send, and whether what it sends is taken; nothing where it never sends. */
export const checkWebhook = (
  source: SourceConfig,
  api: Pick<Config['api'], 'publicUrl' | 'allowedHosts' | 'host' | 'port'>,
  nowMs: number,
  connector: Connector | undefined = connectors[source.connector],
): Finding[] => {
  if (connector?.webhook === undefined) return []
  const check = `webhooks of ${source.name}`
  const url = `${publicUrlOf(api)}/api/v1/inbound/sources/${source.name}`
  const verdict = connector.webhook.verify(source, { headers: {}, query: {}, body: new Uint8Array() }, nowMs)
  if (verdict === 'off') return [fine(check, `not taken, because no secret is set; the address would be ${url}`)]
  if (api.publicUrl === undefined && api.allowedHosts.length === 0)
    return [
      faulty(
        check,
        `a secret is set, but no platform reaches ${url}`,
        'Set api.publicUrl to the https address at which a proxy passes /api/v1/inbound/ on to Outcry.',
      ),
    ]
  return [fine(check, `a secret is set; the platform is to send to ${url}`)]
}
