/** Why no whole answer came back, in words of the network: `fetch` itself says no more than that it failed. */
export const unanswered = (error: unknown): never => {
  const cause = error instanceof TypeError ? error.cause : undefined
  if (!(cause instanceof Error) || cause.message === '') throw error
  throw new Error(`the connection failed: ${cause.message}`, { cause })
}
