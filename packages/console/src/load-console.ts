import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'

/** One file of the console as it is served. */
export type ConsoleAsset = { path: string; contentType: string; body: string; etag: string }

const FOLDER = new URL('./browser/', import.meta.url)
/** Packages that the browser loads as well, by the name under which the console's modules import them. */
const PACKAGES = ['@outcry/feed-client']
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.ts': 'text/javascript; charset=utf-8',
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

const asset = (path: string, contentType: string, body: string): ConsoleAsset => ({
  path,
  contentType,
  body,
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
})

const folderOf = (name: string) => `/console/${name.slice(name.indexOf('/') + 1)}`
/** A browser knows no packages: their names become addresses. */
const addressed = (text: string): string =>
  PACKAGES.reduce((code, name) => code.replaceAll(`from '${name}'`, `from '${folderOf(name)}/index.ts'`), text)

const packageModules = async (name: string): Promise<ConsoleAsset[]> => {
  const folder = new URL('./', import.meta.resolve(name))
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return Promise.all(
    files.map(async (file) =>
      asset(
        `${folderOf(name)}/${file}`,
        CONTENT_TYPES['.ts']!,
        stripTypes(await readFile(new URL(file, folder), 'utf8')),
      ),
    ),
  )
}

/**
 * The console's files, read once. Modules keep their names and lose their types, so there is no bundler and the browser
 * shows the code as it was written.
 */
export const loadConsole = async (): Promise<ConsoleAsset[]> => {
  const names = (await readdir(FOLDER)).filter((name) => extname(name) in CONTENT_TYPES)
  const own = names.map(async (name) => {
    const text = await readFile(new URL(name, FOLDER), 'utf8')
    const contentType = CONTENT_TYPES[extname(name)] ?? ''
    const path = name === 'index.html' ? '/' : `/console/${name}`
    return asset(path, contentType, extname(name) === '.ts' ? addressed(stripTypes(text)) : text)
  })
  return (await Promise.all([...own, ...PACKAGES.map(packageModules)])).flat()
}
