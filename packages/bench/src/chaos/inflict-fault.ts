import { setTimeout as pause } from 'node:timers/promises'
import type { Fault } from './fault-plan.ts'
import type { Ground } from './ground.ts'
import type { Fleet } from './process-fleet.ts'

/** Hurts the victim and gives it back what it lacked; a process that was killed is left to its supervisor. */
export const inflict = async (fault: Fault, ground: Ground, fleet: Fleet): Promise<void> => {
  const server = fault.victim === 'database' ? ground.postgres : fault.victim === 'broker' ? ground.kafka : undefined
  if (server === undefined) return hurtProcess(fault, fleet)
  if (server === null) throw new Error('there is no broker to hurt')
  return hurtServer(fault, ground, server)
}

type Server = {
  kill(): Promise<void>
  restart(): Promise<void>
  freeze(): void | Promise<void>
  thaw(): void | Promise<void>
  alive(): boolean
}

const hurtServer = async ({ victim, kind, forMs }: Fault, { disks }: Ground, server: Server): Promise<void> => {
  switch (kind) {
    case 'kill':
      await server.kill()
      await pause(forMs)
      await server.restart()
      return
    case 'freeze':
      await server.freeze()
      await pause(forMs)
      await server.thaw()
      return
    case 'fill': {
      const disk = disks.get(victim)!
      disk.fill()
      try {
        await pause(forMs)
      } finally {
        disk.free()
      }
      // A server that gave up for want of space is started again by whoever made the space.
      if (!server.alive()) await server.restart()
    }
  }
}

const hurtProcess = async ({ victim, kind, forMs, copy }: Fault, fleet: Fleet): Promise<void> => {
  const copies = fleet.running(victim)
  const name = copies[copy % copies.length]!
  if (kind === 'kill') return fleet.kill(name, Math.min(forMs, LONGEST_DEAD_MS))
  fleet.freeze(name)
  await pause(forMs)
  fleet.thaw(name)
}

/** A supervisor starts a dead process again soon; the time it is dead is part of the recovery. */
const LONGEST_DEAD_MS = 1_000
