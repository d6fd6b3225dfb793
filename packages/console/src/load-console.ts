import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'
import { PACKAGE_FILES, addressed } from './package-files.ts'

/** One file of the console as it is served; what is `lasting` never changes under its path. */
export type ConsoleAsset = { path: string; contentType: string; body: string; etag: string; lasting: boolean }

const FOLDER = new URL('./browser/', import.meta.url)
const SCRIPT = 'text/javascript; charset=utf-8'
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.ts': SCRIPT,
  '.mjs': SCRIPT,
  '.js': SCRIPT,
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
}
/** Node calls the function experimental on first use; what it does is what Node does to every file of this repo. */
const stripTypes = (text: string): string => {
  const original = Reflect.get(process, 'emitWarning')
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(text)
  } finally {
    process.emitWarning = original
  }
}

type SourceFile = { name: string; text: string }
/** A file as a browser takes it: no types, no maps that are not served. */
const read = async (name: string, file: URL): Promise<SourceFile> => {
  const text = await readFile(file, 'utf8')
  return { name, text: name.endsWith('.ts') ? stripTypes(text) : text.replace(/^\/\/# sourceMappingURL=.*$/m, '') }
}
const isServed = (name: string): boolean => extname(name) in CONTENT_TYPES && !name.endsWith('.test.ts')
const typeOf = (name: string): string => CONTENT_TYPES[extname(name)] ?? ''

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
const assetOf = (path: string, contentType: string, body: string, lasting: boolean): ConsoleAsset => ({
  path,
  contentType,
  body,
  etag: `"${digest(body)}"`,
  lasting,
})

/** What the page needs, named beforehand, so that no file waits for another to ask for it. */
const links = (base: string, names: readonly string[]): string =>
  names
    .map((name) => {
      if (name.endsWith('.css')) return `<link rel="stylesheet" href="${base}${name}" />\n`
      return typeOf(name) === SCRIPT ? `<link rel="modulepreload" href="${base}${name}" />\n` : ''
    })
    .join('')

/**
 * The console's files, read once. Modules keep their names and lose their types, so there is no bundler and the browser
 * shows the code as it was written. They lie under a path that changes with them, so that a browser asks for each once.
 */
export const loadConsole = async (): Promise<ConsoleAsset[]> => {
  const names = (await readdir(FOLDER, { recursive: true })).map((name) => name.replaceAll('\\', '/')).filter(isServed)
  const own = names.toSorted().map(async (name) => read(name, new URL(name, FOLDER)))
  const files = await Promise.all([...PACKAGE_FILES.map(async ({ name, file }) => read(name, file)), ...own])
  const base = `/console/${digest(files.map(({ text }) => text).join('\n'))}/`
  return files.map(({ name, text }) => {
    if (name === 'index.html') {
      const head = links(
        base,
        files.map((each) => each.name),
      )
      const page = text.replaceAll('/console/', base).replace('</head>', `${head}</head>`)
      return assetOf('/', typeOf(name), page, false)
    }
    return assetOf(`${base}${name}`, typeOf(name), typeOf(name) === SCRIPT ? addressed(text, base) : text, true)
  })
}
