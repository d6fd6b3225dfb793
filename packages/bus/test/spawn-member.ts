import { fileURLToPath } from 'node:url'
import type { BusSpec } from './connect-member.ts'
import { spawnProcess } from './spawn-process.ts'

export type MemberSpec = { topic: string; group: string } & BusSpec
export type MemberEvent = { type: 'assigned' | 'records' | 'revoked' | 'gap'; partition: number; positions: number[] }

/** Starts a member in another process; `events` grows as it tells what happens to it. */
export const spawnMember = (spec: MemberSpec) => {
  const events: MemberEvent[] = []
  const member = spawnProcess(fileURLToPath(new URL('./member-process.ts', import.meta.url)), spec, (event) =>
    events.push(event as MemberEvent),
  )
  return { events, ...member }
}
