import { createServer } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from 'undici'
import { createAddressGuard } from './address-guard.ts'
import { createGuardedAgent } from './guarded-agent.ts'
import { createConnectGuard } from './guarded-connect.ts'

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
    '127.0.1',
    '0x7f000001.',
    '017700000001',
    '0x7F.0.0.0x1',
    '127%2e0%2e0%2e1',
    'LOCALHOST',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
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
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b:1::7f00:1',
    '2001::1',
    'fec0::1',
    '100::1',
    '192.88.99.1',
    '198.18.0.1',
    '240.0.0.1',
    '0.1.2.3',
    '::ffff:10.0.0.1',
    'not an address',
  ])('%s is not public', (address) => {
    expect(createAddressGuard([]).allows('x.example', address)).toBe(false)
  })

  it.each(['8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(createAddressGuard([]).allows('x.example', address)).toBe(true)
  })

  /** A name server that answers each question with the next of its answers. */
  const nameServer = (...answers: string[][]) => {
    const asked: string[] = []
    const resolve: LookupFunction = (hostname, _options, callback) => {
      asked.push(hostname)
      const addresses = answers[Math.min(asked.length, answers.length) - 1] ?? []
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
    return { asked, resolve }
  }
  const postByName = async (resolve: LookupFunction, allowPrivate: string[] = []) => {
    const dispatcher = createGuardedAgent({ allowPrivate, connectTimeoutMs: 500, resolve })
    try {
      await request(`http://hooks.example:${port}/`, { dispatcher, method: 'POST', body: '{}' })
      return 'reached'
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await dispatcher.destroy()
    }
  }

  it.each([['127.0.0.1'], ['10.0.0.7'], ['169.254.169.254'], ['::1'], ['fd00::1'], ['::ffff:127.0.0.1'], ['::7f00:1']])(
    'found by a name that leads to %s is refused',
    async (address) => {
      const before = reached.length
      expect(await postByName(nameServer([address]).resolve)).toBe('TARGET_ADDRESS_REFUSED')
      expect(await postByName(nameServer([address]).resolve, ['other.example'])).toBe('TARGET_ADDRESS_REFUSED')
      expect(reached).toHaveLength(before)
    },
  )

  it('found by a name is reached where the name or its address is allowed', async () => {
    expect(await postByName(nameServer(['127.0.0.1']).resolve, ['hooks.example'])).toBe('reached')
    expect(await postByName(nameServer(['127.0.0.1']).resolve, ['127.0.0.0/8'])).toBe('reached')
  })

  it('is what the name leads to at each connect: a name that changes its mind (rebinding) is refused then', async () => {
    const { asked, resolve } = nameServer(['127.0.0.1'], ['10.0.0.7'])
    expect(await postByName(resolve, ['127.0.0.1'])).toBe('reached')
    expect(await postByName(resolve, ['127.0.0.1'])).toBe('TARGET_ADDRESS_REFUSED')
    expect(asked).toHaveLength(2)
  })

  it('is the only one tried of a name that leads both outward and inward', async () => {
    const { resolve } = nameServer(['10.0.0.7', '8.8.8.8', '127.0.0.1'])
    const found = await new Promise((done) => {
      createConnectGuard([], resolve).lookup('secure')('hooks.example', { all: true }, (_error, addresses) =>
        done(addresses),
      )
    })
    expect(found).toEqual([{ address: '8.8.8.8', family: 4 }])
  })

  it('of the public internet needs https', async () => {
    expect(await post('8.8.8.8', [])).toBe('TARGET_ADDRESS_REFUSED')
  })
})
