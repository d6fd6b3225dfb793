import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantise, trainLogistic, type Example } from './train-logistic.ts'
import { templateSamples } from './train-samples.ts'
import { expand } from './train-templates/expand.ts'
import { templates } from './train-templates/index.ts'

const example = (bucket: number, label: 0 | 1): Example => ({
  buckets: Uint32Array.of(bucket),
  values: Float32Array.of(1),
  label,
  weight: 1,
})

describe('training', () => {
  const examples = Array.from({ length: 200 }, (_, i) => example(i % 4, i % 4 < 2 ? 1 : 0))

  it('learns which buckets mean a complaint', () => {
    const { weights, bias } = trainLogistic(examples, { buckets: 4, epochs: 5, seed: 1 })
    const logOdds = [...weights].map((weight) => weight + bias)
    expect(Math.min(logOdds[0]!, logOdds[1]!)).toBeGreaterThan(1)
    expect(Math.max(logOdds[2]!, logOdds[3]!)).toBeLessThan(-1)
  })

  it('gives the same weights for the same examples and seed', () => {
    const run = () => trainLogistic(examples, { buckets: 4, epochs: 2, seed: 3 })
    expect(run()).toEqual(run())
  })

  it('rounds weights to within half a step', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 50 }), (list) => {
        const weights = Float32Array.from([...list, 1])
        const { bytes, scale } = quantise(weights)
        weights.forEach((weight, i) => {
          expect(Math.abs(bytes[i]! * scale - weight)).toBeLessThanOrEqual(scale * 0.51)
        })
      }),
    )
  })
})

describe('templates', () => {
  it('fill in slots inside alternatives', () => {
    expect(expand('my {thing} {is late|}', { thing: 'order' }, () => 0)).toBe('my order is late')
    expect(expand('my {thing} {is late|}', { thing: 'order|parcel' }, () => 0.99)).toBe('my parcel ')
  })

  it('all expand to plain sentences of both labels in eight languages', () => {
    const samples = templateSamples()
    expect(samples.filter(({ text }) => /[{}|]/.test(text))).toEqual([])
    const kinds = new Set(samples.map(({ lang, label }) => `${lang} ${label}`))
    expect(kinds.size).toBe(16)
  })

  it.each(Object.entries(templates))('name no slot that does not exist: %s', (_, { slots, complaints, calm }) => {
    const named = [...complaints, ...calm].flatMap((pattern) => pattern.match(/(?<=\{)\w+(?=\})/g) ?? [])
    expect(named.filter((name) => !Object.hasOwn(slots, name))).toEqual([])
  })
})
