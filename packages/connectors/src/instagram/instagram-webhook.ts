import type { Webhook } from '../connector.ts'
import { changesOf, metaChallenge, metaVerdict, type MetaChange } from '../meta/meta-webhook.ts'
import { parseItems } from '../parse-items.ts'
import { instagramToSightings } from './graph-to-sighting.ts'
import type { InstagramConfig } from './instagram-config.ts'

/** Comments as they are written (developers.facebook.com, "Instagram Platform: Webhooks"). */
export const instagramWebhook: Webhook<InstagramConfig> = {
  challenge: ({ verifyToken }, query) => metaChallenge(verifyToken, query),
  verify: ({ appSecret }, request) => metaVerdict(appSecret, request),
  read: ({ accountId }, { body }, context) => {
    const isOwn = ({ account }: MetaChange) => accountId === undefined || account === undefined || account === accountId
    const unwrap = (value: unknown) => changesOf(value)?.filter(isOwn) ?? [value]
    return parseItems(body, { read: instagramToSightings, what: 'change of an Instagram account', unwrap }, context)
  },
}
