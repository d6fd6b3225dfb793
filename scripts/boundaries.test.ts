import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const configs = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'turbo.json', '.oxlintrc.json']
const typeConfigs = ['tsconfig.base.json', 'tsconfig.json', 'tsconfig.pure.json']

/** The rules are only worth something while the tools still see a breach: each case commits one in a copy. */
describe('import rules', () => {
  let copy = ''

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'outcry-boundaries-'))
    for (const file of [...configs, ...typeConfigs]) cpSync(join(root, file), join(copy, file))
    for (const folder of ['packages', 'services'])
      cpSync(join(root, folder), join(copy, folder), {
        recursive: true,
        filter: (path) => !/\/(node_modules|dist|\.turbo)(\/|$)/.test(path),
      })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  })
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true })
  })

  const run = (name: string, args: string[]) => {
    const done = spawnSync(bin(name), args, { cwd: copy, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } })
    return { status: done.status, output: done.stdout + done.stderr }
  }
  const withFile = <T>(path: string, text: string, work: () => T): T => {
    const full = join(copy, path)
    writeFileSync(full, text)
    try {
      return work()
    } finally {
      rmSync(full)
    }
  }

  it('hold in the tree as it is', () => {
    expect(run('turbo', ['boundaries'])).toMatchObject({ status: 0 })
  })

  it('see an import of a package that is not declared', () => {
    const seen = withFile('packages/alerting/src/breach.ts', "export { openDatabase } from '@outcry/store'\n", () =>
      run('turbo', ['boundaries']),
    )
    expect(seen.status).not.toBe(0)
    expect(seen.output).toContain('cannot import package `@outcry/store`')
  })

  it('see a declared dependency that the layer forbids', () => {
    const path = join(copy, 'packages/alerting/package.json')
    const before = readFileSync(path, 'utf8')
    const changed = JSON.parse(before) as { dependencies: Record<string, string> }
    changed.dependencies['@outcry/store'] = 'workspace:*'
    writeFileSync(path, JSON.stringify(changed))
    const seen = run('turbo', ['boundaries'])
    writeFileSync(path, before)
    expect(seen.status).not.toBe(0)
    expect(seen.output).toContain('@outcry/store')
  })

  it.each([
    ['a clock', 'export const now = (): number => Date.now()\n', 'Time is a parameter'],
    ['randomness', 'export const roll = (): number => Math.random()\n', 'Randomness is a parameter'],
    ['a Node module', "export { readFileSync } from 'node:fs'\n", 'Pure code does no I/O'],
  ])('see %s in pure code', (_what, text, message) => {
    const seen = withFile('packages/detection/src/breach.ts', text, () =>
      run('oxlint', ['-c', '.oxlintrc.json', 'packages/detection/src/breach.ts']),
    )
    expect(seen.status).not.toBe(0)
    expect(seen.output).toContain(message)
  })

  it('do not even compile the environment or a timer in pure code', () => {
    const text = 'export const breach = (): unknown => setTimeout(() => undefined, Number(process.env.X))\n'
    const seen = withFile('packages/engine/src/breach.ts', text, () => run('tsc', ['-p', 'tsconfig.pure.json']))
    expect(seen.status).not.toBe(0)
    expect(seen.output).toContain("Cannot find name 'process'")
    expect(seen.output).toContain("Cannot find name 'setTimeout'")
  })
})
