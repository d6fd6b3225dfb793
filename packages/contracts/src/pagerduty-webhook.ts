import { type Static, Type } from 'typebox'

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const OrNull = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

/** What Outcry reads of a webhook V3: https://developer.pagerduty.com/docs/webhooks-overview */
export const PagerdutyWebhook = Type.Object({
  event: Type.Object({
    id: Text(256),
    event_type: Text(100),
    occurred_at: Text(64),
    agent: OrNull(Type.Object({ type: OrNull(Type.String()), summary: OrNull(Type.String()) })),
    /** `incident_key` is the dedup key of the Events API. */
    data: Type.Object({ incident_key: OrNull(Type.String()) }),
  }),
})
export type PagerdutyWebhook = Static<typeof PagerdutyWebhook>
