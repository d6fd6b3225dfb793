import type { BusSpec } from './connect-member.ts'
import { spawnProcess } from './spawn-process.ts'

export type MemberSpec = { topic: string; group: string } & BusSpec
export type MemberEvent = { type: 'assigned' | 'records' | 'revoked' | 'gap'; partition: number; positions: number[] }

/** Starts a member in another process; `events` grows as it tells what happens to it. */
export const spawnMember = (spec: MemberSpec) => {
  const { said: events, ...member } = spawnProcess<MemberEvent>('member-process.ts', spec)
  return { events, ...member }
}
