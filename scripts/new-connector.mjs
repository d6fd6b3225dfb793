#!/usr/bin/env node
// `npm run new-connector -- NAME` begins a connector from packages/connectors/template. docs/CONNECTORS.md goes on from there.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, root, runMain } from './bootstrap.mjs'

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const MAX_NAME_CHARS = 40
/** What cannot name a constant of a module, or names something of the registry. */
const RESERVED = new Set(
  (
    'arguments await break case catch class connector connectors const continue debugger default delete do else enum eval ' +
    'export extends false finally for function if implements import in interface let new null package private protected ' +
    'public return static super switch template this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

/** Writes the connector into the repository at `into`, and gives the paths of what it wrote. */
export const newConnector = (into, name) => {
  if (!NAME.test(name) || name.length > MAX_NAME_CHARS || RESERVED.has(name))
    throw new Error(`"${name}" cannot name a connector: give a name like my-board, that is no word of JavaScript`)
  const folder = join(into, 'packages/connectors/src', name)
  if (existsSync(folder)) throw new Error(`packages/connectors/src/${name} is there already`)
  const template = join(into, 'packages/connectors/template')
  const registry = join(into, 'packages/connectors/src/registry.ts')
  const sources = join(into, 'docs/SOURCES.md')
  const written = readdirSync(template).map((file) => {
    const text = readFileSync(join(template, file), 'utf8')
    return file.endsWith('.md')
      ? [join(into, 'docs/sources', `${name}.md`), text.replaceAll('template', name)]
      : [join(folder, file.replace('template', name)), renamed(text, name)]
  })
  written.push(
    [registry, withEntry(readFileSync(registry, 'utf8'), name)],
    [sources, withRow(readFileSync(sources, 'utf8'), name)],
  )
  mkdirSync(folder)
  mkdirSync(join(into, 'docs/sources'), { recursive: true })
  for (const [path, text] of written) writeFileSync(path, text)
  return written.map(([path]) => path)
}

const inCode = (name) => name.replaceAll(/-(.)/g, (_, first) => first.toUpperCase())

/** In texts and names of files `my-board`, in code `myBoard` and `MyBoard`; the folder lies one step deeper. */
const renamed = (text, name) => {
  const camel = inCode(name)
  return text
    .replaceAll("'../src/", "'../")
    .replaceAll(/(?<=['"`/-])template\b/g, name)
    .replaceAll('Template', camel[0].toUpperCase() + camel.slice(1))
    .replaceAll('template', camel)
}

const withEntry = (registry, name) => {
  const own = inCode(name)
  const line = `import { ${own} } from './${name}/${name}.ts'`
  const fileOf = (each) => / from '(.*)'/.exec(each)?.[1] ?? ''
  const before = registry.split('\n').findLast((each) => each.startsWith('import ') && fileOf(each) < fileOf(line))
  const end = registry.search(/^\] as const/m)
  if (end < 0 || before === undefined) throw new Error('the registry has no list of connectors any more')
  if (new RegExp(`\\b${own}\\b`).test(registry)) throw new Error(`the registry has a ${own} already`)
  return `${registry.slice(0, end)}  ${own},\n${registry.slice(end)}`.replace(before, `${before}\n${line}`)
}

const withRow = (page, name) => {
  const at = page.search(/^\|[^|\n]*`push`/m)
  if (at < 0) throw new Error('docs/SOURCES.md has no table of connectors any more')
  return `${page.slice(0, at)}| [\`${name}\`](sources/${name}.md) | … | … | … | … |\n${page.slice(at)}`
}

const main = async () => {
  const [name = ''] = process.argv.slice(2)
  let written
  try {
    written = newConnector(root, name)
  } catch (error) {
    process.stderr.write(`new-connector: ${error.message}\n`)
    return 2
  }
  await ensureInstalled()
  const shared = { cwd: root, stdio: 'inherit' }
  spawnSync(join(root, 'node_modules/.bin/oxfmt'), written, shared)
  spawnSync(pinnedNode, ['--disable-warning=ExperimentalWarning', 'scripts/generate-config-docs.ts'], shared)
  for (const path of written) process.stdout.write(`${path.slice(root.length + 1)}\n`)
  process.stdout.write(
    `\nnpm test -- --project packages/connectors src/${name} runs its tests; docs/CONNECTORS.md says how to go on.\n`,
  )
  return 0
}

if (process.argv[1] === import.meta.filename) await runMain(main)
