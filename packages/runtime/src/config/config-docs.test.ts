import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { configJsonSchema } from './json-schema.ts'
import { configMarkdown } from './markdown.ts'

const connectors = { file: { configSchema: Type.Object({ path: Type.String({ description: 'File | pipe.' }) }) } }
const formats = { standard: { configSchema: Type.Object({ url: Type.String() }) } }

describe('the JSON Schema for editors', () => {
  const schema = Compile(JSON.parse(configJsonSchema(connectors, formats)) as Record<string, unknown>)

  it('takes the shortest configuration: what has a default need not be written', () => {
    expect(schema.Check({})).toBe(true)
    expect(schema.Check({ brands: [{ id: 'acme' }], targets: [{ format: 'standard', name: 'hook', url: 'x' }] })).toBe(
      true,
    )
  })

  it('refuses what the loader refuses', () => {
    expect(schema.Check({ brand: [] })).toBe(false)
    expect(schema.Check({ sources: [{ connector: 'file' }] })).toBe(false)
    expect(schema.Check({ sources: [{ connector: 'other', path: 'x' }] })).toBe(false)
  })
})

describe('docs/CONFIG.md', () => {
  it('has a row for every field, with default, variable and meaning', () => {
    const page = configMarkdown(connectors, formats)
    expect(page).toContain(
      '| `api.port` | integer (at least 0, at most 65535) | `8080` | Port to listen on. Environment: `OUTCRY_PORT`. |',
    )
    expect(page).toContain('### `connector: file`')
    expect(page).toContain('| `path` | string | **required** | File \\| pipe. |')
    expect(page).toContain('### `format: standard`')
  })
})
