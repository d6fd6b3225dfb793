import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { drillStream, findScenario } from '@outcry/replay'
import { describe, expect, it } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const drillLines = (brand: string | undefined): string[] =>
  [
    ...drillStream({ scenario: findScenario('payment')!, brandName: 'Acme', drillId: 'd', seed: 3, startMs: START }),
  ].map(({ mention: { id, text, createdAt, author } }) => JSON.stringify({ id, brand, text, createdAt, author }))
const stream = drillLines('acme').join('\n')
const line = (id: number, more: object = {}) =>
  JSON.stringify({ id: `m${id}`, brand: 'acme', text: `late again ${id}`, createdAt: START + id, ...more })
const outputs = ['alerts.jsonl', 'assignments.jsonl', 'report.html', 'report.json']

describe('outcry backtest', () => {
  it('finds the crisis, writes the four files, and the same bytes again', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), stream)
    const first = await run(['backtest', 'in.jsonl', '--out', 'a'], { cwd })
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toContain('paged')
    await run(['backtest', 'in.jsonl', '--out', 'b'], { cwd })
    expect(readdirSync(join(cwd, 'a'))).toEqual(outputs)
    for (const name of outputs) expect(readFileSync(join(cwd, 'a', name))).toEqual(readFileSync(join(cwd, 'b', name)))
    const [alert] = readFileSync(join(cwd, 'a/alerts.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(alert!)).toMatchObject({ kind: 'opened', brand: 'acme', page: true })
  })

  it('reads compressed files and standard input alike', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl.gz'), gzipSync(stream))
    writeFileSync(join(cwd, 'in.jsonl.zst'), zstdCompressSync(stream))
    await run(['backtest', 'in.jsonl.gz', '--out', 'gz'], { cwd })
    await run(['backtest', 'in.jsonl.zst', '--out', 'zst'], { cwd })
    await run(['backtest', '-', '--out', 'stdin'], { cwd, stdin: stream })
    const [gz, zst, stdin] = ['gz', 'zst', 'stdin'].map((name) => readFileSync(join(cwd, name, 'alerts.jsonl'), 'utf8'))
    expect(gz).not.toBe('')
    expect(zst).toBe(gz)
    expect(stdin).toBe(gz)
  })

  it('tries another page budget without touching what is found', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), stream)
    await run(['backtest', 'in.jsonl', '--out', 'out', '--pages-per-week', '0'], { cwd })
    const alerts = readFileSync(join(cwd, 'out/alerts.jsonl'), 'utf8').trim().split('\n')
    const opened = alerts.map((text) => JSON.parse(text) as { kind: string; severity: string; page: boolean })
    expect(opened.length).toBeGreaterThan(0)
    expect(opened.every(({ severity, page }) => severity === 'crisis' || !page)).toBe(true)
  })

  it('finds the brand by the rules of the configuration, as live does', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), 'brands:\n  - id: acme-shop\n    name: ACME Shop\n    terms: [acme]\n')
    const texts = [
      line(1, { brand: 'Acme shop' }),
      line(2, { brand: undefined, text: 'Acme is late' }),
      line(3, { brand: undefined }),
    ]
    writeFileSync(join(cwd, 'in.jsonl'), texts.join('\n'))
    const { stderr } = await run(['backtest', 'in.jsonl', '--out', 'out'], { cwd })
    const assigned = readFileSync(join(cwd, 'out/assignments.jsonl'), 'utf8').trim().split('\n')
    expect(assigned.map((text) => JSON.parse(text) as object)).toMatchObject([
      { id: 'm1', brand: 'acme-shop' },
      { id: 'm2', brand: 'acme-shop' },
    ])
    expect(stderr).toContain('1 mentions are about no configured brand')
  })

  it('needs no secrets of sources and targets, and still tells other faults', async () => {
    const cwd = scratch()
    const config = (more: object) =>
      JSON.stringify({
        brands: [{ id: 'acme', terms: ['Acme'] }],
        sources: [{ connector: 'push', secret: '${NO_SUCH_SECRET}' }],
        targets: [{ name: 'hook', format: 'standard', url: 'https://example.com', secret: '${NO_SUCH_SECRET}' }],
        ...more,
      })
    writeFileSync(join(cwd, 'in.jsonl'), [1, 2, 3].map((id) => line(id)).join('\n'))
    writeFileSync(join(cwd, 'outcry.yaml'), config({}))
    expect(await run(['backtest', 'in.jsonl', '--out', 'out'], { cwd })).toMatchObject({ code: 0 })
    writeFileSync(join(cwd, 'outcry.yaml'), config({ detection: { minPeople: 'many' } }))
    const refused = await run(['backtest', 'in.jsonl', '--out', 'out'], { cwd })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('detection.minPeople') as string })
    expect(refused.stderr).not.toContain('NO_SUCH_SECRET')
  })

  it('takes paths from where the user stands, and the configuration from where it runs', async () => {
    const [cwd, userDir] = [scratch(), scratch()]
    writeFileSync(join(cwd, 'outcry.yaml'), '{brands: [{id: acme, terms: [Acme]}]}')
    writeFileSync(join(userDir, 'in.jsonl'), line(1))
    expect(await run(['backtest', 'in.jsonl', '--out', 'out'], { cwd, userDir })).toMatchObject({ code: 0 })
    expect(readdirSync(join(userDir, 'out'))).toEqual(outputs)
  })

  it('passes over a gap of many years at once', async () => {
    const cwd = scratch()
    const years = ['1975-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2099-12-31T00:00:00Z']
    writeFileSync(join(cwd, 'in.jsonl'), years.map((createdAt, id) => line(id, { createdAt })).join('\n'))
    expect(await run(['backtest', 'in.jsonl', '--out', 'out'], { cwd })).toMatchObject({ code: 0 })
    const { brands } = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as {
      brands: { series: { mentions: number[] } }[]
    }
    expect(brands[0]!.series.mentions.length).toBeLessThan(500)
  })

  it('takes a line without a brand for a bad one where nothing says how to find it', async () => {
    const stdin = line(1, { brand: undefined })
    const among = [...Array.from({ length: 40 }, (_, index) => line(index + 2)), stdin].join('\n')
    const skipped = await run(['backtest', '-', '--out', 'out'], { cwd: scratch(), stdin: among })
    expect(skipped).toMatchObject({ code: 0, stderr: expect.stringContaining('stdin:41: brand is missing') as string })
    const refused = await run(['backtest', '-', '--out', 'out'], { cwd: scratch(), stdin })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--brand') as string })
    expect(await run(['backtest', '-', '--out', 'out', '--brand', 'x'], { cwd: scratch(), stdin })).toMatchObject({
      code: 0,
    })
  })
})

describe('an option that tries a setting', () => {
  it.each([
    ['--min-people', '100000', 'detection.minPeople', '<= 1000'],
    ['--min-people', 'many', 'detection.minPeople', 'must be'],
    ['--false-alarm-probability', '0.5', 'detection.falseAlarmProbability', '<= 0.01'],
    ['--false-alarm-probability', '0', 'detection.falseAlarmProbability', '> 0'],
    ['--complaint-threshold', '1.5', 'detection.complaintThreshold', '<= 1'],
    ['--pages-per-week', '5000', 'alerting.pagesPerWeek', '<= 1000'],
    ['--pages-per-week', '1.5', 'alerting.pagesPerWeek', 'must be'],
  ])('%s %s is refused as in the configuration', async (flag, value, path, why) => {
    const cwd = scratch()
    const { code, stderr } = await run(['backtest', '-', '--out', 'x', flag, value], { cwd, stdin: line(1) })
    expect(code).toBe(2)
    for (const part of [path, `(from ${flag})`, value, why]) expect(stderr).toContain(part)
    expect(existsSync(join(cwd, 'x'))).toBe(false)
  })

  it('goes before the budget of a brand', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), '{brands: [{id: acme, terms: [Acme], pagesPerWeek: 9}]}')
    writeFileSync(join(cwd, 'in.jsonl'), stream)
    const budget = async (...trial: string[]) => {
      const { stdout } = await run(['backtest', 'in.jsonl', '--out', 'x', '--json', ...trial], { cwd })
      return (JSON.parse(stdout) as { brands: { budget: number }[] }).brands[0]!.budget
    }
    expect(await budget()).toBe(9)
    expect(await budget('--pages-per-week', '2')).toBe(2)
  })
})

describe('where results go', () => {
  const commands: [string, string[]][] = [
    ['backtest', ['in.jsonl']],
    ['classify', ['in.jsonl']],
    ['cluster', ['in.jsonl']],
    ['series', ['in.csv']],
  ]
  const place = () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), line(1))
    writeFileSync(join(cwd, 'in.csv'), 'timestamp,value\n2026-03-01T00:00:00Z,3\n')
    writeFileSync(join(cwd, 'file'), 'kept')
    return cwd
  }

  it.each(commands)('%s refuses at once what cannot be written', async (command, input) => {
    const cwd = place()
    for (const out of ['/proc/outcry', '/proc/outcry/x', '/sys/outcry', 'file/x', 'file/x/y']) {
      const { code, stderr } = await run([command, ...input, '--out', out], { cwd })
      expect({ out, code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(out) as string })
      expect(stderr).toContain('OUTPUT_UNWRITABLE')
    }
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('kept')
  })

  it('a file is no directory, and a directory no file', async () => {
    const cwd = place()
    const asDirectory = await run(['backtest', 'in.jsonl', '--out', 'file'], { cwd })
    expect(asDirectory.stderr).toContain('is a file, and a directory is needed')
    const asFile = await run(['classify', 'in.jsonl', '--out', '.'], { cwd })
    expect(asFile.stderr).toContain('it is a directory')
  })

  it('a full disk is told as that', async () => {
    const { code, stderr } = await run(['classify', 'in.jsonl', '--out', '/dev/full'], { cwd: place() })
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('no space left') as string })
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
  })

  it('devices and links stay what they are', async () => {
    const cwd = place()
    expect(await run(['classify', 'in.jsonl', '--out', '/dev/null'], { cwd })).toMatchObject({ code: 0 })
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    symlinkSync('file', join(cwd, 'link'))
    expect(await run(['classify', 'in.jsonl', '--out', 'link'], { cwd })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toContain('"complaint"')
  })
})

describe('an empty input', () => {
  it.each([
    ['backtest', '', ''],
    ['classify', '', ''],
    ['cluster', '\n\n', ''],
    ['series', '', 'timestamp,value,anomaly_score,alert\n'],
    ['series', 'timestamp,value\n', 'timestamp,value,anomaly_score,alert\n'],
  ])('of %s is no failure, and is said', async (command, stdin, written) => {
    const cwd = scratch()
    const { code, stderr } = await run([command, '-', '--out', 'out'], { cwd, stdin })
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/standard input: no (mentions|rows) in there; what is written is empty/) as string,
    })
    const file = command === 'backtest' ? 'out/alerts.jsonl' : 'out'
    expect(readFileSync(join(cwd, file), 'utf8')).toBe(written)
    expect((await run([command, '--help'])).stdout).toContain('what is written is empty')
  })
})

describe('bad input', () => {
  const good = Array.from({ length: 99 }, (_, index) => line(index))

  it('is named with file, line and field, and skipped', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), [...good.slice(0, 4), '{"id":"half"', ...good.slice(4)].join('\n'))
    const { code, stderr } = await run(['classify', 'in.jsonl', '--out', 'c.jsonl'], { cwd })
    expect(code).toBe(0)
    expect(stderr).toContain('in.jsonl:5: ')
    expect(stderr).toContain('1 of 100 lines')
    expect(readFileSync(join(cwd, 'c.jsonl'), 'utf8').trim().split('\n')).toHaveLength(99)
  })

  it('stops at once with --strict, and leaves no output', async () => {
    const cwd = scratch()
    const stdin = [...good, '{"id":1e400}'].join('\n')
    const { code, stderr } = await run(['classify', '-', '--out', 'c.jsonl', '--strict'], { cwd, stdin })
    expect(code).toBe(1)
    expect(stderr).toContain('stdin:100: ')
    expect(readdirSync(cwd)).toEqual([])
  })

  it('fails the command over 5 %, and leaves the earlier output alone', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'c.jsonl'), 'earlier')
    const stdin = [...good.slice(0, 90), ...Array.from({ length: 10 }, () => 'no json')].join('\n')
    const { code, stderr } = await run(['classify', '-', '--out', 'c.jsonl'], { cwd, stdin })
    expect(code).toBe(1)
    expect(stderr).toContain('INPUT_MOSTLY_BAD')
    expect(readdirSync(cwd)).toEqual(['c.jsonl'])
    expect(readFileSync(join(cwd, 'c.jsonl'), 'utf8')).toBe('earlier')
  })

  it.each([
    ['a file that is not there', ['classify', 'none.jsonl', '--out', 'x'], 'INPUT_UNREADABLE'],
    ['a directory', ['classify', '.', '--out', 'x'], 'INPUT_UNREADABLE'],
    ['a directory for output that is not there', ['classify', '-', '--out', 'no/where/x'], 'OUTPUT_UNWRITABLE'],
    ['a mapping of no field', ['classify', '-', '--out', 'x', '--map', 'txt=message'], 'INPUT_MAP_INVALID'],
    ['an unknown connector', ['parse', '-', '--connector', 'myspace'], 'CONNECTOR_UNKNOWN'],
    [
      'a configuration that is not there',
      ['backtest', '-', '--out', 'x', '--config', 'none.yaml'],
      'CONFIG_UNREADABLE',
    ],
  ])('refuses %s', async (_what, args, code) => {
    const cwd = scratch()
    const refused = await run(args, { cwd, stdin: good.join('\n') })
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(code) as string })
    expect(existsSync(join(cwd, 'x'))).toBe(false)
  })

  it('tells every fault of the configuration at once', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), 'brands:\n  - id: UPPER\nsurces: []\napi: {port: "x"}\n')
    const { code, stderr } = await run(['config', 'check'], { cwd })
    expect(code).toBe(2)
    for (const path of ['brands[0].id', 'surces', 'api.port']) expect(stderr).toContain(path)
  })

  it('tells each source that names nothing to read', async () => {
    const cwd = scratch()
    const sources = [
      { connector: 'trustpilot' },
      { connector: 'hackernews' },
      { connector: 'youtube', apiKey: 'k' },
      { connector: 'imap', host: 'mail.example', user: 'desk' },
    ]
    writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify({ brands: [{ id: 'acme', terms: ['acme'] }], sources }))
    const { code, stderr } = await run(['config', 'check'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('sources[0]: Source trustpilot has nothing to read Trustpilot with; Give ')
    expect(stderr).toContain('sources[2]: Source youtube names neither channels nor videos; Give ')
    expect(stderr).toContain('sources[3]: Source imap has nothing to log in with; Give password')
    expect(stderr).not.toContain('sources[1]')
  })
})

describe('outcry classify and cluster', () => {
  it('read columns by --map, and answer a line a text', async () => {
    const stdin = 'nr;message\n1;checkout hangs after paying\n2;what a lovely shop\n'
    const mapped = ['--map', 'id=nr', '--map', 'text=message', '--out', '-']
    const { stdout } = await run(['classify', '-', ...mapped], { stdin })
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { id: string; complaint: number })
    expect(first).toMatchObject({ id: '1', lang: 'en' })
    expect(first!.complaint).toBeGreaterThan(second!.complaint)
    const clusters = await run(['cluster', '-', ...mapped], { stdin })
    expect(
      clusters.stdout
        .trim()
        .split('\n')
        .map((text) => Object.keys(JSON.parse(text) as object)),
    ).toEqual([
      ['id', 'cluster'],
      ['id', 'cluster'],
    ])
  })
})

describe('outcry series', () => {
  const rows = Array.from({ length: 400 }, (_, index) => {
    const at = new Date(START + index * 300_000).toISOString().slice(0, 19).replace('T', ' ')
    return `${at},${index === 390 ? 400 : 10 + (index % 3)}`
  })

  it('alerts on a burst, and depends on no later row', async () => {
    const whole = await run(['series', '-', '--out', '-'], { stdin: `timestamp,value\n${rows.join('\n')}\n` })
    const scored = whole.stdout.trim().split('\n')
    expect(scored[0]).toBe('timestamp,value,anomaly_score,alert')
    expect(scored.filter((row) => row.endsWith(',true'))).toEqual([scored[391]])
    const part = await run(['series', '-', '--out', '-'], {
      stdin: `timestamp,value\n${rows.slice(0, 300).join('\n')}\n`,
    })
    expect(scored.slice(0, 301)).toEqual(part.stdout.trim().split('\n'))
  })

  it('names rows it cannot read', async () => {
    const stdin = `timestamp,value\n${rows.slice(0, 40).join('\n')}\nsoon,3\n`
    const { code, stderr } = await run(['series', '-', '--out', '-'], { stdin })
    expect(code).toBe(0)
    expect(stderr).toContain('stdin:42: timestamp')
  })
})

describe('outcry parse', () => {
  it('asks for the file where it is given a directory', async () => {
    const { code, stderr } = await run(['parse', '.', '--connector', 'file'], { cwd: scratch() })
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('. is a directory') as string })
    expect(stderr).toContain('Name the file in it.')
  })

  it('prints mentions, and says what it could not read', async () => {
    const stdin = `${line(1)}\n{"id":\n`
    const { code, stdout, stderr } = await run(['parse', '-', '--connector', 'file'], { stdin })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ id: 'm1', text: 'late again 1' })
    expect(stderr).toContain('not_json')
  })
})
