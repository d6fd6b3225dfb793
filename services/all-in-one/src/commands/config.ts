import { connectors } from '@outcry/connectors'
import { configSchema, OutcryError } from '@outcry/contracts'
import { formats } from '@outcry/notifiers'
import type { DefineCommand } from '../define-command.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { sourcesThatCannotRun } from '../sources-that-cannot-run.ts'

export const defineConfig: DefineCommand = (command, io) => {
  command
    .command('check')
    .description('read the configuration and tell every fault')
    .option(...CONFIG_OPTION)
    .action(async (options: { config?: string }) => {
      const { config, path } = await loadSettings(io, options.config)
      const { brands, sources, targets } = config
      const faults = sourcesThatCannotRun(sources)
      if (faults.length > 0)
        throw new OutcryError('CONFIG_INVALID', `${path ?? 'the environment'} has sources that cannot run`, {
          faults,
          fix: 'Correct what is listed; docs/CONFIG.md has every field.',
          exitCode: 2,
        })
      io.stderr.write(
        `${path ?? 'No outcry.yaml: defaults'}: ${brands.length} brands, ${sources.length} sources, ${targets.length} targets. No fault.\n`,
      )
    })
  command
    .command('schema')
    .description('print the JSON Schema of outcry.yaml')
    .action(() => {
      const schema = configSchema(
        Object.values(connectors).map(({ configSchema: own }) => own),
        formats.map(({ configSchema: own }) => own),
      )
      io.stdout.write(
        `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, null, 2)}\n`,
      )
    })
}
