import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'
import { startOutcry } from '../../test/started-outcry.ts'

const PATIENCE_MS = 120_000

describe('outcry start', () => {
  it(
    'shows a first alert without any configuration, refuses a second start, plays drills, and stops when asked',
    async () => {
      const cwd = scratch()
      const outcry = startOutcry(cwd)
      await outcry.printed('The drill ended')
      const shown = outcry.output()
      expect(shown).toContain('connector: bluesky-jetstream')
      expect(shown).toMatch(/DRILL {2}OPENED/)
      expect(shown).toMatch(/\d+ people, \d+ posts; expected/)
      expect(shown).toMatch(/paged: it took page 1 of 3 this week/)

      expect(statSync(join(cwd, '.outcry/admin-token')).mode & 0o777).toBe(0o600)
      const token = readFileSync(join(cwd, '.outcry/admin-token'), 'utf8').trim()
      const url = /API\s+(http:\S+)\/docs/.exec(shown)![1]!
      const answer = await fetch(`${url}/api/v1/issues`, { headers: { authorization: `Bearer ${token}` } })
      expect(await answer.text()).toContain('"drill":true')
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
      expect((await fetch(`${url}/api/v1/issues`)).status).toBe(401)

      const second = await run(['start'], { cwd, env: { OUTCRY_PORT: '0' } })
      expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('DATA_DIR_IN_USE') as string })

      const quiet = await run(['drill', 'quiet-day', '--json'], { cwd })
      expect(JSON.parse(quiet.stdout)).toMatchObject({ passed: true, alerts: [] })
      const drill = await run(['drill', 'balance'], { cwd })
      expect(drill).toMatchObject({ code: 0, stdout: expect.stringContaining('passed: Balances are wrong') as string })
      const after = await fetch(`${url}/api/v1/issues`, { headers: { authorization: `Bearer ${token}` } })
      expect(await after.text()).not.toContain('#drill-balance')

      outcry.child.kill('SIGINT')
      expect(await outcry.exited()).toBe(0)
      expect(outcry.output()).toContain('Stopped.')
    },
    PATIENCE_MS,
  )

  it(
    'plays a drill for people on the demo brand too, one at a time',
    async () => {
      const cwd = scratch()
      const outcry = startOutcry(cwd, ['--no-demo'])
      await outcry.printed('Ctrl-C stops')
      const url = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
      const token = readFileSync(join(cwd, '.outcry/admin-token'), 'utf8').trim()
      const ask = async (path: string, method = 'GET') => {
        const answer = await fetch(`${url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } })
        return (await answer.json()) as { items: { id: string; brand: string }[] }
      }
      const drill = run(['drill', 'checkout', '--desk'], { cwd })
      const begun = await vi.waitFor(
        async () => {
          const [first] = (await ask('/drills')).items
          expect(first).toMatchObject({ brand: 'demo' })
          return first!
        },
        { timeout: PATIENCE_MS, interval: 200 },
      )
      const second = await run(['drill', 'checkout', '--desk', '--brand', 'demo'], { cwd })
      expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('DRILL_RUNS') as string })
      expect(second.stderr).not.toContain('The drill begins')
      await ask(`/drills/${begun.id}/end`, 'POST')
      const ended = await drill
      expect(ended.stderr).toContain('The drill begins. End it on ')
      expect(ended.stdout).toContain('# Drill: Checkout hangs')
    },
    PATIENCE_MS,
  )

  it(
    'starts again where a killed one left everything lying',
    async () => {
      const cwd = scratch()
      const killed = startOutcry(cwd, ['--no-demo'])
      await killed.printed('Ctrl-C stops')
      killed.child.kill('SIGKILL')
      await killed.exited()
      const next = startOutcry(cwd, ['--no-demo'])
      await next.printed('Ctrl-C stops')
      next.child.kill('SIGTERM')
      expect(await next.exited()).toBe(0)
    },
    PATIENCE_MS,
  )

  it('says that a configuration without brands watches nothing', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), 'log: {level: info}\n')
    const outcry = startOutcry(cwd, [], { OUTCRY_LOG_LEVEL: 'info' })
    await outcry.printed('Ctrl-C stops')
    expect(outcry.output()).toContain('names no brand')
    // The migration, and under root where the database lives; what each part does at start is of no use to anybody.
    expect((outcry.output().match(/"level":30/g) ?? []).length).toBeLessThanOrEqual(2)
  })

  it('stops cleanly in the middle of its start', async () => {
    const outcry = startOutcry(scratch())
    await outcry.printed('starting the embedded PostgreSQL')
    outcry.child.kill('SIGINT')
    expect(await outcry.exited()).toBe(0)
  })

  it('says that the port is taken before it starts anything', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const refused = await run(['start'], { cwd: scratch(), env: { OUTCRY_PORT: String(port) } })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain(`port ${port} on 127.0.0.1 is taken`)
    expect(refused.stderr).toContain('OUTCRY_PORT=')
  })

  it('says that the database cannot be reached', async () => {
    const env = { OUTCRY_PORT: '0', DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' }
    const refused = await run(['start'], { cwd: scratch(), env })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('DATABASE_')
    expect(refused.stderr).not.toContain('secret')
  })

  it('refuses a configuration with faults as wrong usage', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), 'brands: [\n')
    expect(await run(['start'], { cwd })).toMatchObject({ code: 2 })
  })

  it.skipIf(process.getuid?.() === 0)('says that the data directory cannot be written', async () => {
    const cwd = scratch()
    mkdirSync(join(cwd, 'data'))
    chmodSync(join(cwd, 'data'), 0o500)
    const refused = await run(['start'], { cwd, env: { OUTCRY_PORT: '0', OUTCRY_DATA_DIR: 'data' } })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('DATA_DIR_UNWRITABLE') as string })
  })
})

describe('outcry drill', () => {
  it('says that nothing runs', async () => {
    const refused = await run(['drill', 'payment'], { cwd: scratch() })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') as string })
  })

  it('refuses an unknown scenario as wrong usage', async () => {
    const refused = await run(['drill', 'meteor'], { cwd: scratch() })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('cancelled-flights') as string })
  })
})
