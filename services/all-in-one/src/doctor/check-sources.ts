import { access, constants } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { connectors } from '@outcry/connectors'
import type { Config, SourceConfig } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { checkWebhook } from './check-webhook.ts'
import { faulty, fine, type Finding, findingOf } from './finding.ts'
import { trySource } from './try-source.ts'

const TIMEOUT_MS = 15_000

/** Whether every file can be read and every platform answers. Nothing that comes is kept. */
export const checkSources = async (config: Config, cwd: string, clock: Clock): Promise<Finding[]> => {
  if (config.brands.length === 0)
    return [faulty('brands', 'none is configured', 'Name at least one brand with its terms or handles in outcry.yaml.')]
  if (config.sources.length === 0)
    return [faulty('sources', 'none is configured', `Add one of ${Object.keys(connectors).join(', ')} to outcry.yaml.`)]
  const findings = config.sources.map(async (source) => [
    await checkSource(source, cwd, clock).catch((error: unknown) => findingOf(`source ${source.name}`, error)),
    ...checkWebhook(source, config.api, clock.now()),
  ])
  return (await Promise.all(findings)).flat()
}

const checkSource = async (source: SourceConfig, cwd: string, clock: Clock): Promise<Finding> => {
  const check = `source ${source.name}`
  const { path } = source
  if (source.connector === 'push') return fine(check, 'push; waits for signed POST /api/v1/mentions')
  if (path === '-') return fine(check, 'standard input')
  if (source.connector !== 'file' || typeof path !== 'string') return checkPlatform(check, source, clock)
  const file = isAbsolute(path) ? path : resolve(cwd, path)
  return access(file, constants.R_OK).then(
    () => fine(check, file),
    (error: NodeJS.ErrnoException) =>
      faulty(check, `${file} cannot be read (${error.code})`, 'Check path and permissions.'),
  )
}

const checkPlatform = async (check: string, source: SourceConfig, clock: Clock): Promise<Finding> => {
  const trial = await trySource(source, { clock, timeoutMs: TIMEOUT_MS })
  if (trial.ok) return fine(check, `${source.connector} answers`)
  const fix = 'Check its address and credentials in outcry.yaml, and DNS, proxy and firewall of this machine.'
  return faulty(check, `${source.connector}: ${trial.reason}`, fix)
}
