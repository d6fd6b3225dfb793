import { resolve } from 'node:path'
import { connectors } from '@outcry/connectors'
import { OutcryError } from '@outcry/contracts'
import { formatOf, formats } from '@outcry/notifiers'
import { type EnvOverride, loadConfig, type LoadedConfig } from '@outcry/runtime'
import type { CommandIo } from './command-io.ts'

const FORMAT_KINDS = Object.fromEntries(formats.map((format) => [format.name, format]))

/**
 * The configuration with everything that is built in: `--config`, else outcry.yaml where the command runs. With
 * `sections`, secrets and variables of the others need not be there. `overrides` come from options of the command.
 */
export const loadSettings = async (
  io: CommandIo,
  path: string | undefined,
  sections?: readonly string[],
  overrides: readonly EnvOverride[] = [],
): Promise<LoadedConfig> => {
  const given = {
    ...(path === undefined ? {} : { path: resolve(io.userDir, path) }),
    ...(sections === undefined ? {} : { sections }),
  }
  const loaded = await loadConfig({ ...given, overrides, cwd: io.cwd, env: io.env, connectors, formats: FORMAT_KINDS })
  if (sections !== undefined && !sections.includes('targets')) return loaded
  const faults = loaded.config.targets.flatMap((target) => formatOf(target.format)?.check(target) ?? [])
  if (faults.length > 0)
    throw new OutcryError('CONFIG_INVALID', `${loaded.path ?? 'the environment'} has targets that cannot work`, {
      faults,
      fix: 'Correct what is listed; docs/CONFIG.md has every field.',
      exitCode: 2,
    })
  return loaded
}

/** Description of the option that every command with a configuration has. */
export const CONFIG_OPTION = ['--config <file>', 'configuration; outcry.yaml where the command runs if absent'] as const
