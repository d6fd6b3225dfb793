/** Whose tickets they are. `scope`: names the account in ids. `site`: its address, for links. */
export type Desk = { scope: string; site?: string }

export const ticketIdIn = ({ scope }: Desk, id: string): string => `zendesk:${scope}:ticket-${id}`
export const commentIdIn = ({ scope }: Desk, id: string): string => `zendesk:${scope}:comment-${id}`
export const ratingIdIn = ({ scope }: Desk, ticketId: string): string => `zendesk:${scope}:rating-${ticketId}`
