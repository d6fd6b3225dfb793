import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openApiDocument } from './openapi-document.ts'

test('docs/openapi.json says what the routes say; node scripts/generate-openapi.ts writes it', async () => {
  const written = await readFile(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(await openApiDocument())))
})
