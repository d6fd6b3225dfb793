import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { EmbeddingProvider } from '@outcry/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installedModel, installModel, openOnnxProvider } from './index.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
/** Beside the checkout, or wherever the variable says; elsewhere these tests are skipped. */
const MODEL = process.env['OUTCRY_TEST_MODEL'] ?? resolve(ROOT, '../shared/data/models/all-minilm-l6-v2-int8')
/** Kept between runs: what is downloaded once need not be again. */
const INSTALLED = join(ROOT, '.cache/embedding')

const bytesOf = (vector: string): Int8Array => new Int8Array(Buffer.from(vector, 'base64'))
const cosine = (one: string, other: string): number => {
  const [a, b] = [bytesOf(one), bytesOf(other)]
  const product = (x: Int8Array, y: Int8Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

describe.skipIf(!existsSync(MODEL))('the sentence model beside the checkout', () => {
  let provider: EmbeddingProvider

  beforeAll(async () => {
    const installed = await installModel({ from: MODEL, directory: INSTALLED, env: process.env })
    provider = await openOnnxProvider(installed)
  })
  afterAll(() => provider.close())

  it('is installed with the library of this system alone, and named by what it is', async () => {
    const installed = await installedModel(INSTALLED)
    expect(installed.dimensions).toBe(384)
    expect(provider.model).toBe(installed.model)
    const abi = join(installed.runtime, 'node_modules/onnxruntime-node/bin')
    const systems = readdirSync(abi).flatMap((version) => readdirSync(join(abi, version)))
    expect(systems.flatMap((system) => readdirSync(join(abi, readdirSync(abi)[0]!, system)))).toEqual([process.arch])
    expect((await installModel({ from: MODEL, directory: INSTALLED, env: process.env })).model).toBe(installed.model)
  })

  it('finds the same said in other words nearer than anything else', async () => {
    const [hangs, freezes, parcel] = await provider.embed([
      'checkout hangs when I pay',
      'the payment page freezes every time',
      'my parcel was left in the rain',
    ])
    expect(cosine(hangs!, freezes!)).toBeGreaterThan(0.5)
    expect(cosine(hangs!, freezes!)).toBeGreaterThan(cosine(hangs!, parcel!) + 0.3)
  })

  it('gives a text the same vector whatever else is asked', async () => {
    const texts = [
      'late again',
      'where is my refund?',
      'the app crashes '.repeat(400),
      '',
      '😡😡',
      'Zahlung geht nicht',
    ]
    const together = await provider.embed(texts)
    const alone = await Promise.all(texts.toReversed().map((text) => provider.embed([text])))
    expect(alone.flat().toReversed()).toEqual(together)
    expect(together.every((vector) => bytesOf(vector).length === 384)).toBe(true)
    expect(await provider.embed([])).toEqual([])
  })

  it('answers nothing any more once it is closed', async () => {
    const closed = await openOnnxProvider(await installedModel(INSTALLED))
    await closed.close()
    await closed.close()
    await expect(closed.embed(['late'])).rejects.toMatchObject({ code: 'EMBEDDING_FAILED' })
  })
})

describe('what is no model', () => {
  it('is refused before anything is installed, with what is wrong in it', async () => {
    const from = mkdtempSync(join(tmpdir(), 'no-model-'))
    const directory = join(from, 'installed')
    try {
      const install = () => installModel({ from, directory, env: {} })
      await expect(install()).rejects.toMatchObject({ code: 'EMBEDDING_MODEL_INVALID', exitCode: 2 })
      writeFileSync(join(from, 'model.onnx'), 'x')
      writeFileSync(join(from, 'tokenizer.json'), 'no JSON')
      await expect(install()).rejects.toThrow(/tokenizer\.json is not JSON/)
      expect(existsSync(directory)).toBe(false)
      await expect(installedModel(directory)).rejects.toMatchObject({ code: 'EMBEDDING_MODEL_MISSING', exitCode: 2 })
    } finally {
      rmSync(from, { recursive: true })
    }
  })
})
