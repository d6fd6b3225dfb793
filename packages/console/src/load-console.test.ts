import { expect, test } from 'vitest'
import { loadConsole } from './load-console.ts'

test('the page names its files, and the script needs no other', async () => {
  const assets = await loadConsole()
  const files = new Map(assets.map(({ path, body }) => [path, body]))
  const named = [...(files.get('/') ?? '').matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path)
  expect(named.map((path) => path?.replace(/.*\//, ''))).toEqual(['icon.svg', 'console.css', 'main.js'])
  expect(named.filter((path) => !files.has(path ?? ''))).toEqual([])
  const script = assets.find(({ path }) => path.endsWith('.js'))?.body ?? ''
  expect(script).toContain('addEventListener')
  expect(script.match(/^(?:import|export)\b.*|\bimport\s*\(/gm) ?? []).toEqual([])
})

test('what may be kept for good lies under a path that changes with any file; the page itself may not', async () => {
  const assets = await loadConsole()
  const lasting = assets.filter((asset) => asset.lasting)
  expect(new Set(lasting.map(({ path }) => path.split('/')[2])).size).toBe(1)
  expect(assets.filter((asset) => !asset.lasting).map(({ path }) => path)).toEqual(['/'])
})
