import { parentPort, workerData } from 'node:worker_threads'
import { openFollowers } from './followers.ts'
import type { Arrival, TimedAnswer, TimedRequest } from './timed-followers.ts'

const { url, token } = workerData as { url: string; token: string }
const arrivals: Arrival[] = []
const followers = openFollowers({
  url,
  token,
  onAlert: (seq) => void arrivals.push([seq, performance.timeOrigin + performance.now()]),
})

const answer = async (request: TimedRequest): Promise<TimedAnswer> => {
  followers.add(request.add ?? 0)
  if (request.close) await followers.close()
  return {
    live: followers.live(),
    upTo: followers.upTo(request.seq ?? 0),
    faults: followers.faults,
    arrivals: request.arrivals ? arrivals : [],
  }
}
parentPort!.on(
  'message',
  (request: TimedRequest) => void answer(request).then((told) => parentPort!.postMessage(told, [])),
)
