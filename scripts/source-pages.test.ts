import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { connectors } from '../packages/connectors/src/index.ts'
import { loadConfig } from '../packages/runtime/src/index.ts'

const root = resolve(import.meta.dirname, '..')
const names = Object.keys(connectors)
const BRANDS = 'brands:\n  - id: acme\n    name: Acme\n    terms: [acme]\n'

/** Secrets that have a form of their own. */
const FORMS: Readonly<Record<string, string>> = {
  TELEGRAM_TOKEN: `1234567890:${'x'.repeat(40)}`,
  DISCORD_TOKEN: `${'x'.repeat(24)}.${'x'.repeat(6)}.${'x'.repeat(27)}`,
}
/** What a user might have in the environment: every variable is set, to what is long enough for a secret. */
const env = new Proxy<Record<string, string>>(
  {},
  {
    get: (_target, name) => (String(name).startsWith('OUTCRY') ? undefined : (FORMS[String(name)] ?? 'x'.repeat(40))),
    ownKeys: () => [],
  },
)

test('the table of sources has every connector, each once, with its page', async () => {
  const table = await readFile(join(root, 'docs/SOURCES.md'), 'utf8')
  const rows = [...table.matchAll(/^\| \[`([a-z0-9-]+)`\]\(sources\/\1\.md\) \|/gm)].map(([, name]) => name)
  expect(rows).toHaveLength(names.length)
  expect(new Set(rows)).toEqual(new Set(names))
})

test.each(names)('the page of %s begins with its name and shows a configuration that is valid', async (name) => {
  const page = await readFile(join(root, 'docs/sources', `${name}.md`), 'utf8')
  expect(page).toMatch(new RegExp(`^# \`${name}\``))
  const examples = [...page.matchAll(/^```yaml\n(sources:\n[^`]*)^```$/gm)].map(([, yaml]) => yaml!)
  expect(examples.length).toBeGreaterThan(0)
  const cwd = await mkdtemp(join(tmpdir(), 'source-page-'))
  try {
    for (const yaml of examples) {
      await writeFile(join(cwd, 'outcry.yaml'), `${BRANDS}${yaml}`)
      const { config } = await loadConfig({ cwd, env, connectors, formats: {} })
      expect(config.sources.map(({ connector }) => connector)).toContain(name)
    }
  } finally {
    await rm(cwd, { recursive: true })
  }
})
