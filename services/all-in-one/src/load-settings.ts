import { resolve } from 'node:path'
import { connectors } from '@outcry/connectors'
import { type Config, type Fault, OutcryError } from '@outcry/contracts'
import { builtInIssueTypeIds } from '@outcry/engine'
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
  const kinds = { connectors, formats: FORMAT_KINDS, issueTypes: builtInIssueTypeIds }
  const loaded = await loadConfig({ ...given, overrides, cwd: io.cwd, env: io.env, ...kinds })
  if (sections !== undefined && !sections.includes('targets')) return loaded
  const faults = [
    ...loaded.config.targets.flatMap((target) => formatOf(target.format)?.check(target) ?? []),
    ...digestFaults(loaded.config),
  ]
  if (faults.length > 0)
    throw new OutcryError('CONFIG_INVALID', `${loaded.path ?? 'the environment'} has targets that cannot work`, {
      faults,
      fix: 'Correct what is listed; docs/CONFIG.md has every field.',
      exitCode: 2,
    })
  return loaded
}

/** A tool that wakes people has no word for a digest, which would be sent to it and never seen. */
const digestFaults = ({ alerting, targets }: Config): Fault[] => {
  const digest = { id: 'dg', at: 0, since: 0, issues: [], more: 0 }
  const notice = {
    id: 'dl',
    dedupKey: 'dg',
    action: 'trigger',
    url: 'https://localhost/',
    about: 'digest',
    digest,
  } as const
  return (alerting.digest?.targets ?? []).flatMap((name, index) => {
    const target = targets.find((each) => each.name === name)
    const format = target && formatOf(target.format)
    if (!target || !format || format.render(notice, target, { nowMs: 0, handles: false }) !== null) return []
    const fix = 'Name chat, mail or a webhook.'
    const message = `${target.format} has no word for a digest`
    return [{ path: `alerting.digest.targets[${index}]`, value: JSON.stringify(name), message, fix }]
  })
}

/** Description of the option that every command with a configuration has. */
export const CONFIG_OPTION = ['--config <file>', 'configuration; outcry.yaml where the command runs if absent'] as const
