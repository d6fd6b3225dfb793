import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createPartitionEngine, defaultDetectionSettings } from '@outcry/engine'
import { writeHeapSnapshot } from 'node:v8'
const engine = createPartitionEngine({ idKey: 'k', settings: defaultDetectionSettings() })
let n = 0
for await (const line of createInterface({ input: createReadStream(process.argv[2]!) })) {
  const m = JSON.parse(line)
  const t = Date.parse(m.createdAt)
  engine.apply(2 * n, t, {
    v: 1,
    kind: 'mention',
    brand: m.brand,
    mention: {
      id: m.id,
      op: 'create',
      rev: '1',
      kind: 'post',
      source: 'file',
      text: m.text,
      author: m.author,
      lang: m.lang,
      createdAt: t,
      observedAt: t,
      eventTime: t,
    },
  } as never)
  if (n % 500 === 0)
    engine.apply(2 * n + 1, t, {
      v: 1,
      kind: 'heartbeat',
      source: 'file',
      state: 'live',
      sourceTime: t,
      brands: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `brand-${i}`),
      sentAt: t,
    } as never)
  if (n % 5000 === 0 && process.argv[3] === 'snap') engine.snapshots()
  if (++n % 50000 === 0) {
    gc!()
    const u = process.memoryUsage()
    console.log(
      n,
      (u.heapUsed / 1e6).toFixed(1),
      (u.external / 1e6).toFixed(1),
      (u.rss / 1e6).toFixed(0),
      process.cpuUsage().user / 1e6,
    )
    if (n === 250000 || n === 600000) writeHeapSnapshot(`/tmp/lead/h${n}.heapsnapshot`)
  }
}
