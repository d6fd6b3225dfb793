import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { Type } from 'typebox'
import { afterAll, describe, expect, it } from 'vitest'
import { OutcryError, Secret } from '@outcry/contracts'
import { loadConfig } from './load-config.ts'

const connectors = {
  file: { configSchema: Type.Object({ path: Type.String({ description: 'File to read.' }) }) },
  push: { configSchema: Type.Object({ secret: Secret('Signing secret.', { minLength: 8 }) }) },
}
const formats = { standard: { configSchema: Type.Object({ url: Type.String(), secret: Secret('Signing secret.') }) } }

const directories: string[] = []
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

const directory = (yaml?: string | Uint8Array): string => {
  const cwd = mkdtempSync(join(tmpdir(), 'outcry-config-'))
  directories.push(cwd)
  if (yaml !== undefined) writeFileSync(join(cwd, 'outcry.yaml'), yaml)
  return cwd
}

const load = (yaml?: string | Uint8Array, env: Record<string, string> = {}, path?: string) => {
  const given = path === undefined ? {} : { path }
  return loadConfig({ cwd: directory(yaml), env, connectors, formats, ...given })
}

const refusal = async (...args: Parameters<typeof load>): Promise<OutcryError> => {
  const error = await load(...args).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(OutcryError)
  return error as OutcryError
}

describe('loadConfig', () => {
  it.each([
    ['detection', 'historyMs'],
    ['detection', 'dedupMs'],
    ['detection', 'calmMs'],
    ['detection', 'resolveAfterCalmMs'],
    ['alerting', 'updateEveryMs'],
    ['alerting', 'blindPageAfterMs'],
  ])('refuses a span of no length: %s.%s', async (section, field) => {
    const { faults } = await refusal(`${section}:\n  ${field}: 0\n`)
    expect(faults).toMatchObject([{ path: `${section}.${field}`, value: '0', line: 2 }])
    expect(faults[0]!.message).toMatch(/^must be >= [1-9]/)
    expect(faults[0]!.fix).toContain('Milliseconds')
  })

  it('takes what an option says before the file and the environment, and names it in a fault', async () => {
    const given = { cwd: directory('detection: {minPeople: 5}'), env: {}, connectors, formats }
    const overrides = (value: unknown) => [{ at: ['detection', 'minPeople'], variable: '--min-people', value }]
    const { detectionSettings } = await loadConfig({ ...given, overrides: overrides(7) })
    expect(detectionSettings.minPeople).toBe(7)
    await expect(loadConfig({ ...given, overrides: overrides(1) })).rejects.toMatchObject({
      faults: [{ path: 'detection.minPeople (from --min-people)', value: '1' }],
    })
  })

  it('gives defaults where there is no file', async () => {
    const { config, path, detectionSettings } = await load()
    expect(path).toBeNull()
    expect(config).toMatchObject({ brands: [], api: { host: '127.0.0.1', port: 8080 }, bus: { driver: 'postgres' } })
    expect(config.dataDir).toMatch(/^\/.*\.outcry$/)
    expect(detectionSettings).toMatchObject({ brands: [], minPeople: 4 })
  })

  it('tells everything wrong at once, with line, value and what was meant', async () => {
    const error = await refusal(`brands:
  - id: acme
    term: [acme]
sources:
  - connector: fil
  - connector: file
    path: 5
    brands: [amce]
targets:
  - {format: standard, name: hook, url: x, secret: y, minSeverity: majr}
api:
  host: 0.0.0.0
detection: {minPeople: 1}
`)
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 2 })
    const told = error.faults.map(({ path, line, value, fix }) => [path, line, value, fix.split('?')[0]])
    expect(told).toEqual([
      ['brands[0].term', 3, undefined, 'Did you mean "terms"'],
      ['detection.minPeople', 13, '1', 'Give a number >= 2. Fewest distinct people of a burst.'],
      ['sources[0].connector', 5, '"fil"', 'Did you mean "file"'],
      ['sources[1].path', 7, '5', 'Put it in quotes. File to read.'],
      ['targets[0].minSeverity', 10, '"majr"', 'Did you mean "major"'],
      ['sources[1].brands[0]', 8, '"amce"', 'Did you mean "acme"'],
      ['api.host', 12, '"0.0.0.0"', 'Add api.tokens (name, token, role), or keep 127.0.0.1.'],
    ])
  })

  it('names the known connectors and formats', async () => {
    const { faults } = await refusal('sources: [{connector: telepathy}]\ntargets: [{format: pigeon, name: x}]')
    expect(faults.map(({ message, fix }) => `${message}: ${fix}`)).toEqual([
      'unknown connector: Known: file, push.',
      'unknown format: Known: standard.',
    ])
  })

  it('refuses a source about a brand that is not there, or of which the source may not speak', async () => {
    const { faults } = await refusal(`brands: [{id: acme}, {id: globex}]
sources:
  - {connector: file, name: one, path: a, about: amce}
  - {connector: file, name: two, path: a, about: globex, brands: [acme]}
  - {connector: file, name: three, path: a, about: globex}`)
    expect(faults.map(({ path, line, message }) => [path, line, message])).toEqual([
      ['sources[0].about', 3, 'no brand has this id'],
      ['sources[1].about', 4, 'the source may not speak of this brand'],
    ])
  })

  it('calls a source as its connector, and refuses names used twice', async () => {
    const { config } = await load('sources: [{connector: file, path: a}, {connector: file, name: other, path: b}]')
    expect(config.sources.map(({ name }) => name)).toEqual(['file', 'other'])
    const { faults } = await refusal(`brands: [{id: a}, {id: a}]
sources: [{connector: file, path: a}, {connector: file, path: b}]`)
    expect(faults.map(({ path, message }) => [path, message])).toEqual([
      ['brands[1].id', 'the same as brands[0].id'],
      ['sources[1].name', 'the same as sources[0].name'],
    ])
  })

  it('refuses an issue type that nothing could match', async () => {
    const { faults } = await refusal('detection: {issueTypes: [{id: checkout, label: Mine}]}')
    expect(faults.map(({ path, message }) => [path, message])).toEqual([
      ['detection.issueTypes[0]', 'has neither terms nor examples, so nothing would be counted'],
    ])
  })

  it('fills in variables and secret files', async () => {
    const cwd = directory()
    writeFileSync(join(cwd, 'hook.secret'), 'from a file\n')
    writeFileSync(
      join(cwd, 'outcry.yaml'),
      `sources: [{connector: push, secret: '\${PUSH_SECRET}'}]
targets: [{format: standard, name: hook, url: 'https://\${HOST:-localhost}/x', secret: 'file:hook.secret'}]
api: {port: '\${PORT}'}`,
    )
    const env = { PUSH_SECRET: 'long enough', PORT: '9000' }
    const { config } = await loadConfig({ cwd, env, connectors, formats })
    expect(config.sources[0]).toMatchObject({ secret: 'long enough' })
    expect(config.targets[0]).toMatchObject({ url: 'https://localhost/x', secret: 'from a file', pagesOnly: false })
    expect(config.api.port).toBe(9_000)
  })

  it('refuses variables and files that are not there', async () => {
    const { faults } = await refusal("sources: [{connector: push, secret: '${NOT_SET}'}]\ndatabase: {url: 'file:gone'}")
    expect(faults.map(({ path, value }) => [path, value])).toEqual([
      ['database.url', '"file:gone"'.slice(1, -1)],
      ['sources[0].secret', '${NOT_SET}'],
    ])
  })

  it('lets references stay open in sections that are not used, and nothing else', async () => {
    const yaml = `brands: [{id: acme, terms: ['\${TERM:-acme}']}]
sources: [{connector: push, secret: '\${S}'}]
targets: [{format: standard, name: hook, url: '\${HOST}', secret: 'file:gone'}]
api: {port: '\${PORT}'}
database: {url: '\${DB}'}`
    const offline = { env: {}, connectors, formats, sections: ['brands'] }
    const { config } = await loadConfig({ ...offline, cwd: directory(yaml) })
    expect(config).toMatchObject({ brands: [{ terms: ['acme'] }], targets: [{ url: '${HOST}' }] })
    const faulty = loadConfig({ ...offline, cwd: directory(`${yaml}\nlog: {level: loud}\nalerting: 5`) })
    await expect(faulty).rejects.toMatchObject({ faults: [{ path: 'alerting' }, { path: 'log.level' }] })
    const used = loadConfig({ ...offline, cwd: directory("brands: [{id: '${ID}'}]") })
    await expect(used).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })

  it('names a connector that there is not where days are given for copies of its platform', async () => {
    const { faults } = await refusal('retention: {connectors: {fil: 3}}')
    expect(faults).toMatchObject([
      { path: 'retention.connectors.fil', message: 'no connector has this name', fix: expect.stringContaining('file') },
    ])
  })

  it('names a time zone that there is not, and a step that goes to nobody', async () => {
    const { faults } =
      await refusal(`brands: [{id: acme, quietHours: [{from: '22:00', to: '07:00', timeZone: Mars/Olympus}]}]
alerting:
  quietHours: [{from: '22:00', to: '07:00', timeZone: Europe/Berlin}, {from: '9', to: '07:00', timeZone: UTC}]
  escalation: [{steps: [{afterMs: 60000, targets: [leed]}]}]
targets: [{format: standard, name: lead, url: 'https://x.example', secret: s}]`)
    expect(faults.map(({ path, message }) => [path, message])).toEqual([
      ['alerting.quietHours[1].from', 'has the wrong form'],
      ['alerting.escalation[0].steps[0].targets[0]', 'no target has this name'],
      ['brands[0].quietHours[0].timeZone', 'no time zone has this name'],
    ])
  })

  it('names an issue type of a route that no issue ever has', async () => {
    const yaml = `detection: {issueTypes: [{id: baggage, label: Baggage lost, terms: [baggage]}]}
targets: [{format: standard, name: a, url: 'https://x.example', secret: s, issueTypes: [checkout, baggage, chekout]}]
alerting: {escalation: [{issueTypes: [bagage], steps: [{afterMs: 60000, targets: [a]}]}]}`
    const given = { cwd: directory(yaml), env: {}, connectors, formats, issueTypes: ['checkout', 'any'] }
    await expect(loadConfig(given)).rejects.toMatchObject({
      faults: [
        {
          path: 'targets[0].issueTypes[2]',
          line: 2,
          value: '"chekout"',
          message: 'no issue type has this id',
          fix: 'Did you mean "checkout"? Known: checkout, any, baggage.',
        },
        { path: 'alerting.escalation[0].issueTypes[0]', value: '"bagage"' },
      ],
    })
  })

  it('names what a playbook refers to and is not there, and what would never be filled in', async () => {
    const yaml = `targets: [{format: standard, name: lead, url: 'https://x.example', secret: s}]
response:
  playbooks:
    - {issueType: checkout, queue: '#desk-{issue}', escalation: [{afterMs: 60000, targets: [lead, leed]}], clocks: {resolveMs: null, updateMs: 5}}
    - {issueType: chekout, queue: '#desk-{isue}', templates: {holding: {en: 'Known. {what} {etta}'}}}
    - {issueType: '*', terms: [refund]}`
    const given = { cwd: directory(yaml), env: {}, connectors, formats, issueTypes: ['checkout', 'any'] }
    await expect(loadConfig(given)).rejects.toMatchObject({
      faults: [
        { path: 'response.playbooks[0].clocks.updateMs' },
        {
          path: 'response.playbooks[0].escalation[0].targets[1]',
          value: '"leed"',
          message: 'no target has this name',
          fix: 'Did you mean "lead"? Known: lead.',
        },
        { path: 'response.playbooks[1].issueType', value: '"chekout"', fix: expect.stringContaining('"checkout"') },
        { path: 'response.playbooks[1].queue', value: '"{isue}"', fix: 'Did you mean "issue"? Known: issue.' },
        { path: 'response.playbooks[1].templates.holding.en', value: '"{etta}"', message: 'is never filled in' },
        { path: 'response.playbooks[2].terms', message: expect.stringContaining('recognise no type') },
      ],
    })
  })

  it('refuses a share of posting people that is turned around', async () => {
    const { faults } = await refusal('brands: [{id: acme}]\nresponse: {postingShare: {low: 0.2}}')
    expect(faults).toMatchObject([{ path: 'response.postingShare.low', fix: 'Give the smaller share as low.' }])
  })

  it('lets the environment override the file, and names the variable in a fault', async () => {
    const env = { OUTCRY_PORT: '9001', OUTCRY_KAFKA_BROKERS: 'a:9092, b:9092', OUTCRY_BUS: 'kafka', DATABASE_URL: '' }
    const { config } = await load('api: {port: 1}', env)
    expect(config).toMatchObject({
      api: { port: 9001 },
      bus: { driver: 'kafka', kafka: { brokers: ['a:9092', 'b:9092'] } },
    })
    expect(config.database).not.toHaveProperty('url')
    const { faults } = await refusal('api: {port: 1}', { OUTCRY_PORT: 'eighty', OUTCRY_BUS: 'kafka' })
    expect(faults.map(({ path, value }) => [path, value])).toEqual([
      ['api.port (from OUTCRY_PORT)', '"eighty"'],
      ['bus.kafka', undefined],
    ])
  })

  it('never shows a secret, wherever it was put', async () => {
    const secret = fc.stringMatching(/^[a-z]{12}$/)
    const places = fc.constantFrom(
      (value: string) => `sources: [{connector: push, secret: [${value}]}]`,
      (value: string) => `sources: [{connector: push, secrt: ${value}}]`,
      (value: string) => `api: {tokens: ${value}}`,
      (value: string) => `api: {tokens: [{name: a, role: admin, token: ${value}}]}`,
      (value: string) => `database: ${value}`,
      (value: string) => `targets: [{format: standard, name: h, url: {x: ${value}}, secret: ${value}}]`,
      (value: string) => `database: {url: ${value}\n  x: [`,
    )
    await fc.assert(
      fc.asyncProperty(secret, places, async (value, place) => {
        const error = await refusal(place(value))
        expect(JSON.stringify([error.message, error.faults, error.fix])).not.toContain(value)
      }),
    )
  })

  it('names the line of broken YAML', async () => {
    const { code, faults } = await refusal('brands:\n  - id: acme\n bad: [')
    expect(code).toBe('CONFIG_INVALID')
    expect(faults[0]?.line).toBe(3)
  })

  it('refuses what is no configuration at all', async () => {
    expect((await refusal('- a list')).faults[0]?.message).toContain('mapping')
    expect(await refusal(Uint8Array.of(0xff, 0xfe, 0x00))).toMatchObject({ code: 'CONFIG_UNREADABLE', exitCode: 2 })
    expect(await refusal('', {}, 'missing.yaml')).toMatchObject({ code: 'CONFIG_UNREADABLE', exitCode: 2 })
    const aliases = `a: &a [x]\n${Array.from({ length: 300 }, (_, n) => `b${n}: *a`).join('\n')}`
    expect((await refusal(aliases)).code).toBe('CONFIG_INVALID')
  })

  it.skipIf(process.getuid?.() === 0)('says so when the file may not be read', async () => {
    const cwd = directory('brands: []')
    chmodSync(join(cwd, 'outcry.yaml'), 0o000)
    await expect(loadConfig({ cwd, env: {}, connectors, formats })).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' })
  })

  it('gives equal settings an equal digest, however they were written', async () => {
    const a = await load('brands: [{id: a}, {id: b}]\ndetection: {minPeople: 5, calmMs: 60000}')
    const b = await load('detection:\n  calmMs: 60000\n  minPeople: 5\nbrands:\n  - {id: b, terms: [x]}\n  - {id: a}')
    const c = await load('brands: [{id: a}, {id: b}]\ndetection: {minPeople: 6, calmMs: 60000}')
    expect(a.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(b.digest).toBe(a.digest)
    expect(c.digest).not.toBe(a.digest)
  })
})
