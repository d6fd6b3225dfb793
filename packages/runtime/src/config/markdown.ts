import { choices, type SchemaShape } from '@outcry/contracts'
import { type EntryKinds, entrySchema } from './check-entries.ts'
import { fullConfigSchema } from './json-schema.ts'

type Row = { path: string; shape: SchemaShape; required: boolean }

const HEADER = ['| field | type | default | meaning |', '|---|---|---|---|']

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const typeOf = (shape: SchemaShape): string => {
  const values = choices(shape)
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ')
  if (shape.const !== undefined) return `\`${JSON.stringify(shape.const)}\``
  if (shape.anyOf) return shape.anyOf.map(typeOf).join(' or ')
  if (shape.type === 'array') return `list of ${shape.items ? typeOf(shape.items) : 'anything'}`
  return shape['x-secret'] ? 'secret' : (shape.type ?? 'anything')
}

const limitsOf = (shape: SchemaShape): string => {
  const limits = [
    shape.minimum === undefined ? '' : `at least ${shape.minimum}`,
    shape.exclusiveMinimum === undefined ? '' : `above ${shape.exclusiveMinimum}`,
    shape.maximum === undefined ? '' : `at most ${shape.maximum}`,
  ].filter(Boolean)
  return limits.length ? ` (${limits.join(', ')})` : ''
}

const defaultOf = ({ shape, required }: Row): string => {
  if (shape.default !== undefined) return `\`${JSON.stringify(shape.default)}\``
  return required ? '**required**' : ''
}

const meaningOf = (shape: SchemaShape): string =>
  [shape.description ?? '', shape['x-env'] ? `Environment: \`${shape['x-env']}\`.` : ''].filter(Boolean).join(' ')

/** An object's fields, those of inner objects with their path; a list of objects as `path[].field`. */
const rowsOf = (shape: SchemaShape, prefix = ''): Row[] =>
  Object.entries(shape.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`
    const row: Row = { path, shape: member, required: (shape.required ?? []).includes(name) }
    if (member.properties) return rowsOf(member, `${path}.`)
    if (member.items?.properties) return [row].concat(rowsOf(member.items, `${path}[].`))
    return [row]
  })

const table = (rows: Row[]): string[] =>
  HEADER.concat(
    rows.map((row) => {
      const type = escaped(typeOf(row.shape) + limitsOf(row.shape))
      return `| \`${row.path}\` | ${type} | ${escaped(defaultOf(row))} | ${escaped(meaningOf(row.shape))} |`
    }),
  )

const entrySections = (key: 'connector' | 'format', kinds: EntryKinds): string[] =>
  Object.entries(kinds).flatMap(([name, { configSchema }]) => {
    const shape = entrySchema(key, name, configSchema) as SchemaShape
    const about = shape.description === undefined ? [] : [shape.description, '']
    return [`### \`${key}: ${name}\``, ''].concat(about, table(rowsOf(shape)), '')
  })

/** docs/CONFIG.md: every field with its type, default, environment variable and meaning. */
export const configMarkdown = (connectors: EntryKinds, formats: EntryKinds): string => {
  const full = fullConfigSchema(connectors, formats) as SchemaShape
  const { sources: _sources, targets: _targets, ...rest } = full.properties ?? {}
  return [
    '# Configuration',
    '',
    '<!-- Generated from the schema by scripts/generate-config-docs.ts; do not edit. -->',
    '',
    'One file, `outcry.yaml` in the working directory or named by `--config`; YAML 1.2 or JSON. Everything wrong in it is',
    'reported at once. Strings may hold `${NAME}` or `${NAME:-default}`, filled in from the environment. A secret is',
    '`${NAME}` or `file:PATH` (relative to the file), and is never printed. A variable named below overrides the file.',
    'Editors complete and check the file with `# yaml-language-server: $schema=docs/outcry.schema.json` as its first line.',
    '',
    '```yaml',
    'brands:',
    '  - id: acme',
    "    terms: [acme, 'acme shop']",
    '```',
    '',
    '## Fields',
    '',
    ...table(rowsOf({ ...full, properties: rest })),
    '',
    '## `sources`: where mentions come from',
    '',
    ...entrySections('connector', connectors),
    '## `targets`: where alerts go',
    '',
    ...entrySections('format', formats),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
