import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const { newConnector } = (await import(join(import.meta.dirname, 'new-connector.mjs'))) as {
  newConnector: (into: string, name: string) => string[]
}
const root = resolve(import.meta.dirname, '..')
const CONFIGS = [
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
  '.oxlintrc.json',
  '.oxfmtrc.json',
]
const NAME = 'my-2nd-board'

/** A connector as the script leaves it is one that works: what rots in the template fails here. */
describe('npm run new-connector', () => {
  let copy = ''

  beforeAll(() => {
    copy = realpathSync(mkdtempSync(join(tmpdir(), 'outcry-connector-')))
    for (const file of CONFIGS) cpSync(join(root, file), join(copy, file))
    for (const file of ['src', 'template', 'package.json'])
      cpSync(join(root, 'packages/connectors', file), join(copy, 'packages/connectors', file), { recursive: true })
    cpSync(join(root, 'docs/SOURCES.md'), join(copy, 'docs/SOURCES.md'))
    for (const folder of ['services', 'scripts', 'infra', 'dashboards']) mkdirSync(join(copy, folder))
    for (const folder of ['node_modules', 'packages/connectors/node_modules'])
      symlinkSync(join(root, folder), join(copy, folder))
  })
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true })
  })

  const run = (name: string, args: string[]) => {
    const bin = join(root, 'node_modules/.bin', name)
    const done = spawnSync(bin, args, { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
    return { status: done.status, output: done.stdout + done.stderr }
  }

  it('makes a connector that is formatted, linted and typed, and passes its tests', () => {
    const written = newConnector(copy, NAME)
    expect(written.every((path) => existsSync(path))).toBe(true)
    expect(run('oxfmt', written)).toMatchObject({ status: 0 })
    const folder = `packages/connectors/src/${NAME}`
    expect(run('oxlint', ['--type-aware', folder])).toMatchObject({ status: 0 })
    expect(run('tsc', ['-p', 'tsconfig.json'])).toEqual({ status: 0, output: '' })
    const tested = run('vitest', ['run', '--project', 'packages/connectors', `src/${NAME}`])
    expect(tested).toMatchObject({ status: 0, output: expect.stringMatching(/Tests +\d+ passed/) as string })
  })

  it('registers it, with a page and a row, and leaves nothing of the template in it', () => {
    const read = (path: string) => readFileSync(join(copy, path), 'utf8')
    expect(read('packages/connectors/src/registry.ts')).toMatch(/\n {2}my2ndBoard,\n\] as const/)
    expect(read('docs/SOURCES.md')).toContain(`| [\`${NAME}\`](sources/${NAME}.md) |`)
    expect(read(`docs/sources/${NAME}.md`)).toContain(`connector: ${NAME}`)
    for (const file of [`${NAME}.ts`, `${NAME}.test.ts`, `${NAME}-webhook.ts`])
      expect(read(`packages/connectors/src/${NAME}/${file}`)).not.toMatch(/template/i)
  })

  it.each([NAME, 'hackernews', 'hacker-news', 'New', 'class', '../x', '', 'a'.repeat(41), 'my--board', 'template'])(
    'refuses the name "%s" and changes nothing',
    (name) => {
      const before = readFileSync(join(copy, 'packages/connectors/src/registry.ts'), 'utf8')
      expect(() => newConnector(copy, name)).toThrow(/\w/)
      expect(readFileSync(join(copy, 'packages/connectors/src/registry.ts'), 'utf8')).toBe(before)
    },
  )
})
