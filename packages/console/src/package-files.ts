import { readdirSync } from 'node:fs'

/** A module that browsers load under another name than the one by which it is imported. */
type PackageFile = { path: string; file: URL }

const fileOf = (name: string) => new URL(import.meta.resolve(name))
const besides = (name: string, file: string) => new URL(file, fileOf(name))

const feedClient = readdirSync(besides('@outcry/feed-client', './'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ path: `/console/feed-client/${name}`, file: besides('@outcry/feed-client', name) }))

/** The modules that stand for packages: a browser knows no packages, their names become addresses. */
const MODULES: Readonly<Record<string, PackageFile>> = {
  '@outcry/feed-client': {
    path: '/console/feed-client/index.ts',
    file: fileOf('@outcry/feed-client'),
  },
  preact: { path: '/console/preact/preact.mjs', file: fileOf('preact') },
  'preact/hooks': { path: '/console/preact/hooks.mjs', file: fileOf('preact/hooks') },
  uplot: { path: '/console/uplot/uPlot.esm.js', file: besides('uplot', 'uPlot.esm.js') },
}
const STYLES: readonly PackageFile[] = [
  { path: '/console/uplot/uPlot.min.css', file: besides('uplot', 'uPlot.min.css') },
]

/** What is served of packages. */
export const PACKAGE_FILES: readonly PackageFile[] = [
  ...feedClient,
  ...['preact', 'preact/hooks', 'uplot'].flatMap((name) => MODULES[name] ?? []),
  ...STYLES,
]

/** Code in which the names of packages are addresses. */
export const addressed = (code: string): string =>
  code.replace(/(\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"./][^'"]*)\2/g, (whole, before, quote, name) => {
    const module = MODULES[String(name)]
    return module ? `${String(before)}${String(quote)}${module.path}${String(quote)}` : whole
  })
