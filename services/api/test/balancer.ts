import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Deals connections to backends in turn, as a balancer does; and cuts them, as networks do. */
export const openBalancer = async () => {
  const backends: string[] = []
  const open = new Set<Socket>()
  let turn = 0
  let cutAfterBytes: () => number = () => Infinity

  const server = createServer((client) => {
    turn += 1
    const backend = backends[turn % backends.length]
    if (backend === undefined) {
      client.destroy()
      return
    }
    const { hostname, port } = new URL(backend)
    const upstream = connect(Number(port), hostname)
    let leftBytes = cutAfterBytes()
    const cut = () => {
      client.destroy()
      upstream.destroy()
      open.delete(client)
    }
    open.add(client)
    for (const socket of [client, upstream]) socket.on('error', cut).on('close', cut)
    client.pipe(upstream)
    upstream.on('data', (bytes: Buffer) => {
      client.write(bytes.subarray(0, Math.min(bytes.length, leftBytes)))
      leftBytes -= bytes.length
      // What was passed on arrives; then the line is dead.
      if (leftBytes <= 0) client.end(cut)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    backends,
    /** Cuts each connection from now on after so many bytes of its own. */
    cutAfter: (bytes: () => number) => void (cutAfterBytes = bytes),
    cutAll: () => open.forEach((socket) => socket.destroy()),
    stop: async () => {
      open.forEach((socket) => socket.destroy())
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
