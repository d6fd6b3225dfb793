import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** One file of the console as it is served; what is `lasting` never changes under its path. */
export type ConsoleAsset = { path: string; contentType: string; body: string; etag: string; lasting: boolean }

const FOLDER = new URL('./browser/', import.meta.url)
const SCRIPT = 'text/javascript; charset=utf-8'
const STYLE = 'text/css; charset=utf-8'

/** All modules in one, names kept: a first visit waits for one file instead of for each of a hundred and more. */
const readScript = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', FOLDER))],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'inline',
    logLevel: 'silent',
    write: false,
  })
  return outputFiles[0]!.text
}

/** The sheet of the charts, the console's own, and those of its pages and panels, in the order of their paths. */
const readStyle = async (): Promise<string> => {
  const names = (await readdir(FOLDER, { recursive: true })).filter((name) => name.endsWith('.css')).toSorted()
  const sheets = [
    new URL('uPlot.min.css', import.meta.resolve('uplot')),
    ...names.map((name) => new URL(name.replaceAll('\\', '/'), FOLDER)),
  ]
  return (await Promise.all(sheets.map(async (sheet) => readFile(sheet, 'utf8')))).join('\n')
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
const assetOf = (path: string, contentType: string, body: string, lasting: boolean): ConsoleAsset => ({
  path,
  contentType,
  body,
  etag: `"${digest(body)}"`,
  lasting,
})

/** The console's files, made once. They lie under a path that changes with them, so that a browser asks for each once. */
export const loadConsole = async (): Promise<ConsoleAsset[]> => {
  const [script, style, icon, page] = await Promise.all([
    readScript(),
    readStyle(),
    readFile(new URL('icon.svg', FOLDER), 'utf8'),
    readFile(new URL('index.html', FOLDER), 'utf8'),
  ])
  const base = `/console/${digest([script, style, icon].join('\n'))}/`
  return [
    assetOf('/', 'text/html; charset=utf-8', page.replaceAll('/console/', base), false),
    assetOf(`${base}main.js`, SCRIPT, script, true),
    assetOf(`${base}console.css`, STYLE, style, true),
    assetOf(`${base}icon.svg`, 'image/svg+xml', icon, true),
  ]
}
