import { connectMember } from './connect-member.ts'
import type { MemberSpec } from './spawn-member.ts'

// A member of a group in a process of its own, so that tests can kill and freeze it. Prints what its handler is told.
const spec = JSON.parse(process.argv[2]!) as MemberSpec

const say = (type: string, partition: number, positions: number[] = []) =>
  process.stdout.write(`${JSON.stringify({ type, partition, positions })}\n`)
await connectMember(spec).consume({
  topic: spec.topic,
  group: spec.group,
  handler: {
    assigned: (partition) => {
      say('assigned', partition)
      return Promise.resolve(0)
    },
    records: async (partition, batch) =>
      void say(
        'records',
        partition,
        batch.map((record) => record.position),
      ),
    revoked: async (partition) => void say('revoked', partition),
    gap: async (partition) => void say('gap', partition),
  },
})
