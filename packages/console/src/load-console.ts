import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'
import { PACKAGE_FILES, addressed } from './package-files.ts'

/** One file of the console as it is served. */
export type ConsoleAsset = { path: string; contentType: string; body: string; etag: string }

const FOLDER = new URL('./browser/', import.meta.url)
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
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

/** A file as a browser takes it: no types, no bare names of packages, no maps that are not served. */
const assetOf = async (path: string, file: URL): Promise<ConsoleAsset> => {
  const extension = extname(file.pathname)
  const contentType = CONTENT_TYPES[extension] ?? ''
  const text = await readFile(file, 'utf8')
  const code = extension === '.ts' ? stripTypes(text) : text.replace(/^\/\/# sourceMappingURL=.*$/m, '')
  const body = contentType.startsWith('text/javascript') ? addressed(code) : text
  return { path, contentType, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

const isServed = (name: string): boolean => extname(name) in CONTENT_TYPES && !name.endsWith('.test.ts')

/**
 * The console's files, read once. Modules keep their names and lose their types, so there is no bundler and the browser
 * shows the code as it was written. The page names its modules beforehand, so that none waits for another to ask for it.
 */
export const loadConsole = async (): Promise<ConsoleAsset[]> => {
  const names = (await readdir(FOLDER, { recursive: true })).filter(isServed)
  const own = names.map((name) => name.replaceAll('\\', '/'))
  const assets = await Promise.all([
    ...own.map(async (name) => assetOf(name === 'index.html' ? '/' : `/console/${name}`, new URL(name, FOLDER))),
    ...PACKAGE_FILES.map(async ({ path, file }) => assetOf(path, file)),
  ])
  return assets
}
