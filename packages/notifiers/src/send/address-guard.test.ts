import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from 'undici'
import { createAddressGuard, guardedLookup } from './address-guard.ts'
import { createGuardedAgent } from './guarded-agent.ts'

describe('a target address', () => {
  const reached: string[] = []
  const server = createServer((incoming, response) => {
    reached.push(incoming.headers.host ?? '')
    response.end()
  })
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  const post = async (host: string, allowPrivate: string[], protocol = 'http') => {
    const dispatcher = createGuardedAgent({ allowPrivate, connectTimeoutMs: 500 })
    try {
      await request(`${protocol}://${host}:${port}/`, { dispatcher, method: 'POST', body: '{}' })
      return 'reached'
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await dispatcher.destroy()
    }
  }

  it.each([
    '127.0.0.1',
    'localhost',
    '127.1',
    '0x7f000001',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '[::]',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
  ])('%s is refused at connect, over http and https', async (host) => {
    const before = reached.length
    expect(await post(host, [])).toBe('TARGET_ADDRESS_REFUSED')
    expect(await post(host, [], 'https')).toBe('TARGET_ADDRESS_REFUSED')
    expect(reached).toHaveLength(before)
  })

  it.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['127.0.0.1', ['127.0.0.0/8']],
    ['localhost', ['localhost']],
    ['localhost', ['127.0.0.1']],
    ['[::ffff:127.0.0.1]', ['127.0.0.0/8']],
  ])('%s is reached where %j allows it', async (host, allowPrivate) => {
    expect(await post(host, allowPrivate)).toBe('reached')
  })

  it('is not reached by another name or range', async () => {
    expect(await post('localhost', ['intranet.example', '10.0.0.0/8'])).toBe('TARGET_ADDRESS_REFUSED')
  })

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '::ffff:10.0.0.1',
    'not an address',
  ])('%s is not public', (address) => {
    expect(createAddressGuard([]).allows('x.example', address)).toBe(false)
  })

  it.each(['8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(createAddressGuard([]).allows('x.example', address)).toBe(true)
  })

  it('found by name is checked at every connect, so that a name cannot change its mind', async () => {
    let inward = false
    const lookup = guardedLookup(createAddressGuard(['localhost']), () => !inward)
    const find = () =>
      new Promise((resolve) => {
        lookup('localhost', { family: 4 }, (error, address) => resolve(error?.code ?? address))
      })
    expect(await find()).toBe('127.0.0.1')
    inward = true
    expect(await find()).toBe('TARGET_ADDRESS_REFUSED')
  })

  it('of the public internet needs https', async () => {
    expect(await post('8.8.8.8', [])).toBe('TARGET_ADDRESS_REFUSED')
  })
})
