import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FeedFrame, createGuard } from '@outcry/contracts'
import { readFrame } from './read-frame.ts'

const isFrame = createGuard(FeedFrame)
const seq = fc.nat()
const frame = fc.oneof(
  fc.record({ type: fc.constant('welcome'), seq, heartbeatMs: fc.integer({ min: 1, max: 1e6 }) }),
  fc.record({ type: fc.constant('alert'), seq, brand: fc.string(), kind: fc.string(), data: fc.object() }),
  fc.record({ type: fc.constant('heartbeat'), seq, at: fc.string() }),
  fc.record({ type: fc.constant('gap'), seq, oldest: seq }),
  fc.record({ type: fc.constant('error'), code: fc.string(), detail: fc.string() }),
)

test('every frame of the contract is read as it is', () => {
  fc.assert(
    fc.property(frame, (one) => {
      const text = JSON.stringify(one)
      expect(isFrame(JSON.parse(text))).toBe(true)
      expect(readFrame(text)).toEqual(JSON.parse(text))
    }),
  )
})

test('nothing that the contract refuses is read, but for fields that nobody goes by', () => {
  const broken = fc.tuple(frame, fc.constantFrom('seq', 'brand', 'kind', 'oldest', 'heartbeatMs'), fc.jsonValue())
  fc.assert(
    fc.property(broken, ([one, field, value]) => {
      const text = JSON.stringify({ ...one, [field]: value })
      if (isFrame(JSON.parse(text))) return
      expect(() => readFrame(text)).toThrow(/ of /)
    }),
    { numRuns: 500 },
  )
})

test('what is no frame at all is refused, and an unknown kind is not', () => {
  for (const message of ['', '7', 'null', '[]', '{}', '{"type":7}', new ArrayBuffer(2)])
    expect(() => readFrame(message)).toThrow(/not text|not a frame|JSON/)
  expect(readFrame('{"type":"toString"}')).toBeNull()
})
