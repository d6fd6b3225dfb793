import type { Sql } from '@outcry/contracts'
import { NOTIFY_CHANNEL } from './notify-channel.ts'

/** A member of a group, reading one topic. */
export type Member = { group: string; topic: string; member: string }

/** Everything a member needs to know to decide what it takes and lets go, as of one renewal. */
export type GroupView = {
  partitions: number[]
  members: string[]
  /** Partition → member, valid leases only. */
  holders: Map<number, string>
}

/**
 * Renews membership and the leases still held, forgets dead members, and looks at the group. Each statement stands alone:
 * a member frozen in the middle of a transaction would hold its locks, and nobody could take its partitions.
 */
export const renew = async (sql: Sql, { group, topic, member }: Member, leaseMs: number): Promise<GroupView> => {
  const { rows: joined } = await sql.query<{ fresh: boolean }>(
    `INSERT INTO outcry.bus_member (consumer, topic, member, lease_until)
       VALUES ($1, $2, $3, now() + $4 * interval '1 ms')
       ON CONFLICT (consumer, topic, member) DO UPDATE SET lease_until = excluded.lease_until
       RETURNING xmax = 0 AS fresh`,
    [group, topic, member, leaseMs],
  )
  // A lease that ran out but that nobody took is still ours: no other member read in between.
  await sql.query(
    `UPDATE outcry.bus_lease SET lease_until = now() + $4 * interval '1 ms'
       WHERE consumer = $1 AND topic = $2 AND member = $3`,
    [group, topic, member, leaseMs],
  )
  await sql.query('DELETE FROM outcry.bus_member WHERE consumer = $1 AND topic = $2 AND lease_until < now()', [
    group,
    topic,
  ])
  const { rows: partitions } = await sql.query<{ partition: number }>(
    'SELECT partition FROM outcry.bus_partition WHERE topic = $1 ORDER BY partition',
    [topic],
  )
  const { rows: members } = await sql.query<{ member: string }>(
    'SELECT member FROM outcry.bus_member WHERE consumer = $1 AND topic = $2 ORDER BY member',
    [group, topic],
  )
  const { rows: leases } = await sql.query<{ partition: number; member: string }>(
    'SELECT partition, member FROM outcry.bus_lease WHERE consumer = $1 AND topic = $2 AND lease_until >= now()',
    [group, topic],
  )
  if (joined[0]?.fresh) await notifyMembers(sql, topic)
  return {
    partitions: partitions.map((row) => row.partition),
    members: members.map((row) => row.member),
    holders: new Map(leases.map((row) => [row.partition, row.member])),
  }
}

/** Takes a partition nobody holds; false when another member was faster. */
export const claim = async (sql: Sql, { group, topic, member }: Member, partition: number, leaseMs: number) => {
  const { rows } = await sql.query(
    `INSERT INTO outcry.bus_lease (consumer, topic, partition, member, lease_until)
     VALUES ($1, $2, $3, $4, now() + $5 * interval '1 ms')
     ON CONFLICT (consumer, topic, partition) DO UPDATE SET member = excluded.member, lease_until = excluded.lease_until
     WHERE bus_lease.lease_until < now() OR bus_lease.member = excluded.member
     RETURNING partition`,
    [group, topic, partition, member, leaseMs],
  )
  return rows.length > 0
}

export const release = async (sql: Sql, { group, topic, member }: Member, partition: number): Promise<void> => {
  await sql.query(
    'DELETE FROM outcry.bus_lease WHERE consumer = $1 AND topic = $2 AND partition = $3 AND member = $4',
    [group, topic, partition, member],
  )
  await notifyMembers(sql, topic)
}

/** Leaves the group with everything still held. */
export const leave = async (sql: Sql, { group, topic, member }: Member): Promise<void> => {
  await sql.query('DELETE FROM outcry.bus_lease WHERE consumer = $1 AND topic = $2 AND member = $3', [
    group,
    topic,
    member,
  ])
  await sql.query('DELETE FROM outcry.bus_member WHERE consumer = $1 AND topic = $2 AND member = $3', [
    group,
    topic,
    member,
  ])
  await notifyMembers(sql, topic)
}

const notifyMembers = (sql: Sql, topic: string) =>
  sql.query('SELECT pg_notify($1, $2)', [NOTIFY_CHANNEL, `members ${topic}`])
