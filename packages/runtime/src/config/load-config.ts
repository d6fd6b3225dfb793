import { dirname, resolve } from 'node:path'
import { Type } from 'typebox'
import {
  type Config,
  type DetectionSettings,
  type Fault,
  OutcryError,
  configSchema,
  type SchemaShape,
  dotted,
} from '@outcry/contracts'
import { canonicalDigest } from './canonical-json.ts'
import { checkEntries, type EntryKinds } from './check-entries.ts'
import { checkReferences } from './check-references.ts'
import { checkSchema } from './check-schema.ts'
import { isRecord, type PathFault } from './config-path.ts'
import { type EnvOverride, envOverrides, withOverride } from './override-from-env.ts'
import { parseYaml } from './parse-yaml.ts'
import { readConfigFile } from './read-config-file.ts'
import { resolveValues, type ResolveContext } from './resolve-values.ts'

export type LoadConfigOptions = {
  /** The file named by the user; else `outcry.yaml` in `cwd`, else defaults. */
  path?: string
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  connectors: EntryKinds
  formats: EntryKinds
  /** Ids of the issue types that are built in; where absent, routes may name any. */
  issueTypes?: readonly string[]
  /**
   * The sections that will be used, all where absent. In the others, a variable that is not set or a secret's file that
   * is not there is no fault, and the reference stays as it was written.
   */
  sections?: readonly string[]
  /** What the command line says instead of the file and the environment; `variable` is the option, as a fault names it. */
  overrides?: readonly EnvOverride[]
}

export type LoadedConfig = {
  config: Config
  /** The file that was read, or null. */
  path: string | null
  /** What travels the bus, with the SHA-256 of its canonical JSON. */
  detectionSettings: DetectionSettings
  digest: string
}

const ROOT_SCHEMA = configSchema([Type.Unknown()], [Type.Unknown()])

const invalid = (path: string | null, faults: readonly Fault[]) => {
  const where = path ?? 'what was given'
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  const fix = 'Correct what is listed; docs/CONFIG.md has every field.'
  return new OutcryError('CONFIG_INVALID', `${where} has ${count}`, { fix, faults, exitCode: 2 })
}

const placed = (
  fault: PathFault,
  lineOf: (at: PathFault['at']) => number | null,
  overrides: readonly EnvOverride[],
): Fault => {
  const { at, unresolved: _, ...rest } = fault
  const path = dotted(at)
  const override = overrides.find((each) => path === dotted(each.at) || path.startsWith(`${dotted(each.at)}[`))
  if (override) return { ...rest, path: `${path} (from ${override.variable})` }
  const line = lineOf(at)
  return { ...rest, path, ...(line === null ? {} : { line }) }
}

/** Faults of what is used; where a reference stays unresolved, its text is no fault either. */
const relevant = (faults: readonly PathFault[], sections: readonly string[] | undefined): PathFault[] => {
  if (sections === undefined) return [...faults]
  const left = new Set(
    faults.filter(({ at, unresolved }) => unresolved && !sections.includes(String(at[0]))).map(({ at }) => dotted(at)),
  )
  return faults.filter(({ at }) => !left.has(dotted(at)))
}

/** A source without a name is called as its connector. */
const named = (entry: unknown, key: string): unknown =>
  isRecord(entry) && entry['name'] === undefined ? { ...entry, name: entry[key] } : entry

const parseFile = (file: { path: string; text: string } | null) => {
  const parsed = parseYaml(file?.text ?? '')
  if (!parsed.ok) throw invalid(file?.path ?? null, parsed.faults)
  const value = parsed.value ?? {}
  if (isRecord(value)) return { value, lineOf: parsed.lineOf }
  const message = 'the file must be a mapping, such as "brands:" with a list below'
  throw invalid(file?.path ?? null, [{ path: '', line: 1, message, fix: 'See docs/CONFIG.md for a first example.' }])
}

/**
 * Reads `outcry.yaml`, the environment and secret files, and refuses everything that is wrong at once.
 * Throws `CONFIG_INVALID` with all faults, or `CONFIG_UNREADABLE`. `dataDir` comes back absolute.
 */
export const loadConfig = async (options: LoadConfigOptions): Promise<LoadedConfig> => {
  const file = await readConfigFile(options.path, options.cwd)
  const { value: written, lineOf } = parseFile(file)
  const context: ResolveContext = { env: options.env, baseDir: file ? dirname(file.path) : options.cwd, faults: [] }
  const shape = ROOT_SCHEMA as SchemaShape
  const overrides = [...envOverrides(shape, options.env), ...(options.overrides ?? [])]

  const { sources, targets, ...rest } = written
  let value = resolveValues(rest, shape, [], context)
  let shown: unknown = rest
  for (const each of overrides) {
    value = withOverride(value, each.at, each.value)
    shown = withOverride(shown, each.at, each.value)
  }
  const lists = { ...(sources === undefined ? {} : { sources }), ...(targets === undefined ? {} : { targets }) }
  const root = checkSchema(ROOT_SCHEMA, { ...(value as object), ...lists }, { ...(shown as object), ...lists }, [])
  context.faults.push(...root.faults)
  const connectorEntries = { list: 'sources', key: 'connector', kinds: options.connectors } as const
  const formatEntries = { list: 'targets', key: 'format', kinds: options.formats } as const
  const config = {
    ...(root.value as Config),
    sources: checkEntries(sources, connectorEntries, context).map((entry) => named(entry, 'connector')),
    targets: checkEntries(targets, formatEntries, context),
  } as Config

  context.faults.push(...checkReferences(config, Object.keys(options.connectors), options.issueTypes))
  const faults = relevant(context.faults, options.sections)
  if (faults.length) {
    throw invalid(
      file?.path ?? null,
      faults.map((fault) => placed(fault, lineOf, overrides)),
    )
  }
  const detectionSettings = { ...config.detection, brands: config.brands.map((brand) => brand.id).sort() }
  return {
    config: { ...config, dataDir: resolve(options.cwd, config.dataDir) },
    path: file?.path ?? null,
    detectionSettings,
    digest: canonicalDigest(detectionSettings),
  }
}
