import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'

type Answer = { ok: boolean; checks: { check: string; ok: boolean; detail: string; fix?: string }[] }
const doctor = async (cwd: string, env: Record<string, string> = {}) => {
  const { code, stdout } = await run(['doctor', '--json'], { cwd, env: { OUTCRY_PORT: '0', ...env } })
  const { ok, checks } = JSON.parse(stdout) as Answer
  return { code, ok, of: (name: string) => checks.find(({ check }) => check === name) }
}
const GOOD = 'brands:\n  - id: acme\n    terms: [Acme]\nsources:\n  - connector: file\n    path: in.jsonl\n'

describe('outcry doctor', () => {
  it('finds nothing wrong with a configuration that works', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), GOOD)
    writeFileSync(join(cwd, 'in.jsonl'), '')
    expect(await doctor(cwd)).toMatchObject({ code: 0, ok: true })
  })

  it('names every fault of the configuration as a check of its own', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), 'brands: []\nnonsense: 1\n')
    const { code, of } = await doctor(cwd)
    expect(code).toBe(1)
    expect(of('config')).toMatchObject({ ok: false, detail: expect.stringContaining('nonsense') as string })
  })

  it('says what is wrong with port, database, Kafka and source, each with a fix', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), GOOD)
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { code, of } = await doctor(cwd, {
      OUTCRY_PORT: String((taken.address() as AddressInfo).port),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      OUTCRY_BUS: 'kafka',
      OUTCRY_KAFKA_BROKERS: '127.0.0.1:1',
    })
    expect(code).toBe(1)
    for (const check of ['api', 'database', 'bus', 'source file'])
      expect(of(check)).toMatchObject({ ok: false, fix: expect.stringMatching(/\w{3}/) as string })
  })

  it.skipIf(process.getuid?.() === 0)('says that the data directory cannot be written', async () => {
    const cwd = scratch()
    mkdirSync(join(cwd, 'data'))
    chmodSync(join(cwd, 'data'), 0o500)
    expect((await doctor(cwd, { OUTCRY_DATA_DIR: 'data' })).of('data directory')).toMatchObject({ ok: false })
  })
})
