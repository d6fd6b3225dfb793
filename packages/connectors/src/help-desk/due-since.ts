import type { Sighting } from '../connector.ts'

/**
 * What was written since `fromMs`, and every deletion. Old tickets change long after (rules close them, agents sort
 * them), and what they said is no news.
 */
export const dueSince = (sightings: readonly Sighting[], fromMs: number): Sighting[] =>
  sightings.filter(
    ({ mention: { op, createdAt } }) => op === 'delete' || createdAt === undefined || createdAt >= fromMs,
  )
