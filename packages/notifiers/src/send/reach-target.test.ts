import { expect, it, onTestFinished } from 'vitest'
import { answer, createReceiver, misbehaviours } from '../../test/receiver.ts'
import { reachTarget } from './reach-target.ts'

const receiver = async () => {
  const made = await createReceiver()
  onTestFinished(() => made.close())
  return made
}
const own = { allowPrivate: ['127.0.0.1'] }

it('takes any answer for a sign of life, and sends no message', async () => {
  const { url, received, behave } = await receiver()
  behave(answer(405))
  expect(await reachTarget(own, `${url}/hook?key=secret`, 5_000)).toEqual({ ok: true, answer: 'http 405' })
  expect(received).toMatchObject([{ path: '/', body: '' }])
})

it('says why nothing answers', async () => {
  const { url, behave, close } = await receiver()
  behave(misbehaviours.silent)
  expect(await reachTarget(own, url, 200)).toEqual({ ok: false, reason: 'no answer within 200 ms' })
  expect(await reachTarget({ allowPrivate: [] }, url, 5_000)).toMatchObject({
    reason: expect.stringContaining('TARGET_ADDRESS_REFUSED') as string,
  })
  await close()
  expect(await reachTarget(own, url, 5_000)).toEqual({ ok: false, reason: 'ECONNREFUSED' })
})

it('connects to a mail server and says nothing', async () => {
  const { port } = await receiver()
  expect(await reachTarget(own, `smtp://127.0.0.1:${port}`, 5_000)).toEqual({ ok: true, answer: 'connected' })
  expect(await reachTarget({ allowPrivate: [] }, `smtps://127.0.0.1:${port}`, 5_000)).toMatchObject({
    reason: expect.stringContaining('TARGET_ADDRESS_REFUSED') as string,
  })
})
