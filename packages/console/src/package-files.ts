import { readdirSync } from 'node:fs'

/** A file of a package, and its name below the console's. */
type PackageFile = { name: string; file: URL }

const fileOf = (name: string) => new URL(import.meta.resolve(name))
const besides = (name: string, file: string) => new URL(file, fileOf(name))

/** The modules that stand for packages. */
const MODULES: Readonly<Record<string, PackageFile>> = {
  preact: { name: 'preact/preact.mjs', file: fileOf('preact') },
  'preact/hooks': { name: 'preact/hooks.mjs', file: fileOf('preact/hooks') },
  uplot: { name: 'uplot/uPlot.esm.js', file: besides('uplot', 'uPlot.esm.js') },
  '@outcry/feed-client': { name: 'feed-client/index.ts', file: fileOf('@outcry/feed-client') },
}
const feedClient: PackageFile[] = readdirSync(besides('@outcry/feed-client', './'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
  .map((file) => ({ name: `feed-client/${file}`, file: besides('@outcry/feed-client', file) }))

/** What is served of packages. */
export const PACKAGE_FILES: readonly PackageFile[] = [
  ...Object.values(MODULES),
  ...feedClient,
  { name: 'uplot/uPlot.min.css', file: besides('uplot', 'uPlot.min.css') },
]

/** A browser knows no packages: their names in the code become addresses below `base`. */
export const addressed = (code: string, base: string): string =>
  code.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"./\s][^'"\s]*)\2/g,
    (whole: string, before: string, quote: string, name: string) => {
      const module = MODULES[name]
      return module ? `${before}${quote}${base}${module.name}${quote}` : whole
    },
  )
