import type { Sql } from '@outcry/contracts'

/** Says where earlier mentions belong now; what is null stays as it was. */
export const assignEarlier = async (
  tx: Sql,
  given: { brand: string; mentionIds: readonly string[]; clusterId: string | null; issueId: string | null },
): Promise<void> => {
  await tx.query(
    `UPDATE outcry.mention SET cluster_id = coalesce($3, cluster_id), issue_id = coalesce($4, issue_id)
     WHERE brand = $1 AND id = ANY($2::text[])`,
    [given.brand, given.mentionIds, given.clusterId, given.issueId],
  )
}

const MOVE = {
  cluster: 'UPDATE outcry.mention SET cluster_id = $3 WHERE brand = $1 AND cluster_id = $2',
  issue: 'UPDATE outcry.mention SET issue_id = $3 WHERE brand = $1 AND issue_id = $2',
} as const

/** Every mention of one cluster or issue becomes one of another. */
export const moveMentions = async (
  tx: Sql,
  { brand, what, from, into }: { brand: string; what: 'cluster' | 'issue'; from: string; into: string },
): Promise<void> => {
  await tx.query(MOVE[what], [brand, from, into])
}
