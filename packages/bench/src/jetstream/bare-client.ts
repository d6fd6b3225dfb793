import { WebSocket } from 'ws'

/** What the cheapest client does: takes each message and parses it. `node bare-client.ts URL`; says its count at SIGTERM. */
let read = 0
const socket = new WebSocket(process.argv[2]!, { perMessageDeflate: false })
socket.on('message', (data: Buffer) => {
  const event = JSON.parse(data.toString('utf8')) as { time_us?: number }
  if (event.time_us !== undefined) read += 1
})
process.on('SIGTERM', () => {
  process.stdout.write(`${read}\n`, () => process.exit(0))
})
