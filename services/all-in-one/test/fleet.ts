import { hostname } from 'node:os'
import type { SqlPool } from '@outcry/contracts'
import { vi } from 'vitest'
import { type StartedOutcry, startOutcry } from './started-outcry.ts'

const ROLES = ['ingest', 'detector', 'alerter', 'api'] as const
type Role = (typeof ROLES)[number]
const LIVE = { timeout: 120_000, interval: 100 }

type Member = { role: Role; process: StartedOutcry; owner: string; health: string; url: string | null }

/** Two processes of each service on one database and one bus, as operators would run them. */
export const startFleet = async (options: { cwd: string; env: Record<string, string>; pool: SqlPool }) => {
  const { cwd, env, pool } = options
  const members: Member[] = []

  const start = async (role: Role): Promise<Member> => {
    const process = startOutcry(cwd, ['--only', role], { ...env, OUTCRY_HEALTH_PORT: '0' })
    await process.printed('Ctrl-C stops')
    const output = process.output()
    const member: Member = {
      role,
      process,
      owner: `${hostname()}-${process.child.pid}`,
      health: /health\s+(http:\S+)\/readyz/.exec(output)![1]!,
      url: /API\s+(http:\S+)\/docs/.exec(output)?.[1] ?? null,
    }
    await vi.waitFor(async () => {
      if (!(await ready(member))) throw new Error(`${role} does not become ready:\n${process.output()}`)
    }, LIVE)
    members.push(member)
    return member
  }

  const ready = async ({ health }: Member): Promise<boolean> =>
    fetch(`${health}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )

  const leave = (member: Member) => void members.splice(members.indexOf(member), 1)
  const owners = () => members.map(({ owner }) => owner)

  /** Partitions and sources by the process that holds them now. */
  const holdings = async (): Promise<{ owner: string; what: string }[]> => {
    const { rows } = await pool.query<{ owner: string; what: string }>(
      `SELECT owner, 'partition ' || partition AS what FROM outcry.partition_state WHERE consumer = 'detector'
       UNION ALL SELECT owner, 'source ' || source FROM outcry.source_state WHERE lease_until > now()`,
    )
    return rows
  }

  return {
    members,
    of: (role: Role) => members.filter((member) => member.role === role),
    urls: () => members.flatMap(({ url }) => url ?? []),
    ready,
    start,
    holdings,
    startAll: async () => {
      // At once, as a new installation is rolled out: they must not race for migrations and topics.
      await Promise.all([...ROLES, ...ROLES].map(start))
    },
    /** Kills one; resolves with the time until living processes hold all that it held. */
    kill: async (member: Member): Promise<number> => {
      const held = (await holdings()).filter(({ owner }) => owner === member.owner).map(({ what }) => what)
      const killedAt = Date.now()
      member.process.child.kill('SIGKILL')
      leave(member)
      await vi.waitFor(async () => {
        const now = new Map((await holdings()).map(({ owner, what }) => [what, owner]))
        const lost = held.filter((what) => !owners().includes(now.get(what) ?? ''))
        if (lost.length > 0) throw new Error(`nobody has ${lost.join(', ')}`)
      }, LIVE)
      return Date.now() - killedAt
    },
    /** Asks one to stop; resolves with its exit code and how long it took. */
    stop: async (member: Member): Promise<{ code: number | null; tookMs: number }> => {
      const since = Date.now()
      leave(member)
      member.process.child.kill('SIGTERM')
      const code = await member.process.exited()
      return { code, tookMs: Date.now() - since }
    },
  }
}
