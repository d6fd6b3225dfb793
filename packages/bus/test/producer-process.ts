import { connectMember } from './connect-member.ts'
import { APPEND_RECORDS, type ProducerSpec } from './spawn-producer.ts'

// A producer in a process of its own, so that tests can kill and freeze it in the middle of a write. Each append has
// numbers that never come again; prints which were acknowledged and which failed.
const spec = JSON.parse(process.argv[2]!) as ProducerSpec
const bus = connectMember(spec)
const encoder = new TextEncoder()

for (let from = 0; ; from += APPEND_RECORDS) {
  const numbers = Array.from({ length: APPEND_RECORDS }, (_, index) => from + index)
  const records = numbers.map((number) => ({
    partition: number % spec.partitions,
    key: null,
    value: encoder.encode(`${spec.writer}/${number}`),
  }))
  const stored = await bus.append(spec.topic, records).then(
    () => true,
    () => false,
  )
  process.stdout.write(`${JSON.stringify({ from, to: from + APPEND_RECORDS, stored })}\n`)
}
