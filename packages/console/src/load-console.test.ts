import { expect, test } from 'vitest'
import { loadConsole } from './load-console.ts'

test('the page names its files beforehand, and each module finds what it imports among them', async () => {
  const assets = await loadConsole()
  const files = new Map(assets.map(({ path, body }) => [path, body]))
  const page = files.get('/') ?? ''
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path)
  expect(named.filter((path) => !files.has(path ?? ''))).toEqual([])
  expect(named.filter((path) => path?.endsWith('.css')).length).toBeGreaterThan(1)
  const missing = assets.flatMap(({ path, contentType, body }) =>
    contentType.startsWith('text/javascript')
      ? [...body.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*)["']([^"'\s]+)["']/g)]
          .map(([, name]) => new URL(name ?? '', `http://console${path}`))
          .filter(({ hostname, pathname }) => hostname !== 'console' || !files.has(pathname))
          .map(({ href }) => `${path} imports ${href}`)
      : [],
  )
  expect(missing).toEqual([])
})

test('what may be kept for good lies under a path that changes with any file; the page itself may not', async () => {
  const assets = await loadConsole()
  const lasting = assets.filter((asset) => asset.lasting)
  expect(new Set(lasting.map(({ path }) => path.split('/')[2])).size).toBe(1)
  expect(assets.filter((asset) => !asset.lasting).map(({ path }) => path)).toEqual(['/'])
})
