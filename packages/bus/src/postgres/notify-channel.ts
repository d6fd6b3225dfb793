/** Payloads: `records TOPIC PARTITION` after an append, `members TOPIC` after a member came, went or let a partition go. */
export const NOTIFY_CHANNEL = 'outcry_bus'
