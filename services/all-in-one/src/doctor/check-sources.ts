import { access, constants } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { connectors } from '@outcry/connectors'
import type { Config, SourceConfig } from '@outcry/contracts'
import { faulty, fine, type Finding } from './finding.ts'

/** What can be said of sources without reading from them. */
export const checkSources = async (config: Config, cwd: string): Promise<Finding[]> => {
  if (config.brands.length === 0)
    return [faulty('brands', 'none is configured', 'Name at least one brand with its terms or handles in outcry.yaml.')]
  if (config.sources.length === 0)
    return [faulty('sources', 'none is configured', `Add one of ${Object.keys(connectors).join(', ')} to outcry.yaml.`)]
  return Promise.all(config.sources.map((source) => checkSource(source, cwd)))
}

const checkSource = async (source: SourceConfig, cwd: string): Promise<Finding> => {
  const check = `source ${source.name}`
  const { path } = source
  if (source.connector !== 'file' || typeof path !== 'string' || path === '-') return fine(check, source.connector)
  const file = isAbsolute(path) ? path : resolve(cwd, path)
  return access(file, constants.R_OK).then(
    () => fine(check, file),
    (error: NodeJS.ErrnoException) =>
      faulty(check, `${file} cannot be read (${error.code})`, 'Check path and permissions.'),
  )
}
