import { OutcryError } from '@outcry/contracts'
import { escapeControl } from '@outcry/runtime'
import type { CommandIo } from '../command-io.ts'
import type { DefineCommand } from '../define-command.ts'
import { checkAdminToken } from '../doctor/check-admin-token.ts'
import { checkBus } from '../doctor/check-bus.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkDataDir } from '../doctor/check-data-dir.ts'
import { checkEmbedding } from '../doctor/check-embedding.ts'
import { checkIdentityProvider } from '../doctor/check-identity-provider.ts'
import { checkPort } from '../doctor/check-port.ts'
import { checkSources } from '../doctor/check-sources.ts'
import { checkTargets } from '../doctor/check-targets.ts'
import { describeLook } from '../doctor/describe-look.ts'
import { faulty, fine, type Finding, findingOf } from '../doctor/finding.ts'
import { lookAtSource, sourceNamed } from '../doctor/look-at-source.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'

export const defineDoctor: DefineCommand = (command, io, setExitCode) => {
  command
    .option(...CONFIG_OPTION)
    .option('--source <name>', 'make one real call for this source only, and say what it sees')
    .option('--json', 'one JSON object instead of lines')
    .action(async (options: { config?: string; source?: string; json?: boolean }) => {
      if (options.source !== undefined) {
        const { config } = await loadSettings(io, options.config, ['sources', 'api'])
        const { api } = config
        const look = await lookAtSource(sourceNamed(config, options.source), { api, cwd: io.cwd, clock: io.clock })
        if (!look.ok || look.webhooks.some(({ ok }) => !ok)) setExitCode(1)
        const text = options.json === true ? JSON.stringify(look) : describeLook(look).join('\n')
        io.stdout.write(`${text}\n`)
        return
      }
      const findings = await examine(io, options.config)
      const ok = findings.every((finding) => finding.ok)
      if (!ok) setExitCode(1)
      io.stdout.write(options.json === true ? `${JSON.stringify({ ok, checks: findings })}\n` : describe(findings))
    })
}

const examine = async (io: CommandIo, path: string | undefined): Promise<Finding[]> => {
  const loaded = await loadSettings(io, path).catch((error: unknown) => {
    if (error instanceof OutcryError) return error
    throw error
  })
  // Without a configuration nothing else can be judged.
  if (loaded instanceof OutcryError)
    return loaded.faults.length === 0
      ? [findingOf('config', loaded)]
      : loaded.faults.map(({ path: at, value, message, fix }) =>
          faulty('config', `${at}${value === undefined ? '' : ` (${value})`}: ${message}`, fix),
        )
  const { config } = loaded
  const groups = await Promise.all([
    checkDataDir(config.dataDir),
    checkAdminToken(config.dataDir),
    checkDatabase(config, io.clock),
    checkBus(config),
    checkEmbedding(config),
    checkPort(config),
    checkIdentityProvider(config, io.clock),
    checkSources(config, io.cwd, io.clock),
    checkTargets(config, io.clock),
  ])
  const shown = loaded.path ?? 'no outcry.yaml: defaults'
  return [fine('config', shown), ...groups.flat()]
}

const describe = (findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ check }) => check.length)) + 2
  const lines = findings.flatMap(({ check, ok, detail, fix }) => [
    `${ok ? 'ok  ' : 'FAIL'}  ${check.padEnd(width)}${detail}`,
    ...(fix === undefined ? [] : [`${' '.repeat(width + 6)}${fix}`]),
  ])
  return `${lines.map(escapeControl).join('\n')}\n`
}
