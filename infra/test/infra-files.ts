import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connectors } from '@outcry/connectors'
import { formats } from '@outcry/notifiers'
import { loadConfig, type LoadedConfig } from '@outcry/runtime'
import { onTestFinished } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

export const INFRA = resolve(import.meta.dirname, '..')
export const ROOT = resolve(INFRA, '..')

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
export const yamlOf = (path: string): unknown => parse(textOf(path), { merge: true })
export const documentsOf = (text: string): unknown[] => parseAllDocuments(text).map((each) => each.toJS() as unknown)

/** Whether a program answers as one that is installed. */
export const answers = (program: string, args: readonly string[]): boolean => spawnSync(program, args).status === 0

/** Secrets as the containers of compose.yaml find them, in a folder of the test. */
export const madeSecrets = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  execFileSync('sh', [join(INFRA, 'image/make-secrets.sh'), folder])
  return folder
}

/** A configuration of this folder as the real loader reads it, with the secrets of `secrets` in place of /run/outcry. */
export const loaded = (path: string, secrets: string): Promise<LoadedConfig> => {
  const file = join(secrets, 'outcry.yaml')
  writeFileSync(file, textOf(path).replaceAll('/run/outcry', secrets))
  const kinds = Object.fromEntries(formats.map((format) => [format.name, format]))
  return loadConfig({ path: file, cwd: secrets, env: {}, overrides: [], connectors, formats: kinds })
}
