import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { cpuSeconds } from '../throughput/outcry-process.ts'
import { type Firehose, holdToCore, MEASURED_CORE, startNode, startPosts } from './start-posts.ts'

const WARM_UP_MS = 5_000

/** What a client that only parses makes of a firehose: posts a second, and how much of its core it takes. */
export const runBareClient = async (
  firehose: Firehose & { seconds: number },
): Promise<{ perSecond: number; ownShare: number }> => {
  const posts = await startPosts(firehose)
  const client = startNode('bare-client.ts', [posts.url])
  holdToCore(client.pid!, MEASURED_CORE)
  await pause(WARM_UP_MS)
  const [before, sentBefore, began] = [cpuSeconds(client.pid!), await posts.sent(), performance.now()]
  await pause(firehose.seconds * 1_000)
  const seconds = (performance.now() - began) / 1_000
  const [after, sent] = [cpuSeconds(client.pid!), await posts.sent()]
  client.kill('SIGTERM')
  await once(client, 'exit')
  await posts.stop()
  return { perSecond: (sent.events - sentBefore.events) / seconds, ownShare: (after - before) / seconds }
}
