import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'
import { startOutcry } from '../../test/started-outcry.ts'

it('outcry brands shows where brands live, and moves one of a running Outcry', async () => {
  const cwd = scratch()
  const brands = ['acme', 'globex', 'initech'].map((id) => ({ id, terms: [id] }))
  const sources = [{ connector: 'push', secret: 's'.repeat(32) }]
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify({ brands, sources, bus: { partitions: 3 } }))
  const outcry = startOutcry(cwd)
  await outcry.printed('Ctrl-C stops')
  const places = async () =>
    (await run(['brands', 'list', '--json'], { cwd })).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
  expect(await places()).toEqual([
    { brand: 'acme', partition: 0 },
    { brand: 'globex', partition: 1 },
    { brand: 'initech', partition: 2 },
  ])
  const moved = await run(['brands', 'move', 'acme', '--partition', '2'], { cwd })
  expect(moved).toMatchObject({ code: 0, stdout: expect.stringMatching(/^acme moved from partition 0,/) as string })
  expect((await run(['brands', 'list'], { cwd })).stdout).toBe('   1  globex\n   2  acme\n   2  initech\n')
  expect(await run(['brands', 'move', 'acme', '--partition', '9'], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('BRAND_PARTITION_UNKNOWN') as string,
  })
  expect(await run(['brands', 'move', 'acme', '--partition', '2'], { cwd })).toMatchObject({ code: 2 })
  outcry.child.kill('SIGTERM')
  expect(await outcry.exited()).toBe(0)
}, 120_000)
