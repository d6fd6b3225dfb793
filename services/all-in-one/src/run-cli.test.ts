import { describe, expect, it } from 'vitest'
import { run } from '../test/run-command.ts'
import { COMMANDS } from './command-list.ts'

describe('outcry', () => {
  it('lists every command of the contract', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const name of ['start', 'backtest', 'cluster', 'classify', 'series', 'parse', 'evaluate', 'drill', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  it.each(COMMANDS.map(({ name }) => name))('%s explains itself', async (name) => {
    const { code, stdout } = await run([name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Usage: outcry ${name}`)
  })

  it.each([
    ['nothing', [], 'Usage: outcry'],
    ['an unknown command', ['bactest'], 'Did you mean backtest?'],
    ['an unknown option', ['classify', '--ot', 'x'], '--out'],
    ['a missing argument', ['series', '--out', 'x'], "missing required argument 'file'"],
    ['a missing option', ['evaluate', '--truth', 'x'], '--alerts'],
    ['a number that is none', ['backtest', 'x', '--out', 'y', '--min-people', 'many'], 'whole number'],
    ['a service that is none', ['start', '--only', 'ingest,detecter'], 'detecter'],
  ])('refuses %s as wrong usage', async (_what, args, message) => {
    const { code, stdout, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })
})
