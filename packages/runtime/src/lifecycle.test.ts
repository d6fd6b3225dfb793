import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Component, createLifecycle } from './lifecycle.ts'
import { silentLogger as logger } from './logger.ts'

const recorded = (log: string[], name: string, own: Partial<Component> = {}): Component => ({
  name,
  start: async () => void log.push(`start ${name}`),
  stop: async () => void log.push(`stop ${name}`),
  ...own,
})

describe('the life cycle', () => {
  it('starts in order and stops in reverse, each once however often it is asked', async () => {
    const log: string[] = []
    const lifecycle = createLifecycle(
      ['a', 'b', 'c'].map((name) => recorded(log, name)),
      { logger },
    )
    await Promise.all([lifecycle.start(), lifecycle.start()])
    await Promise.all([lifecycle.stop(), lifecycle.stop()])
    expect(log).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a'])
    await expect(createLifecycle([], { logger }).stop()).resolves.toBeUndefined()
  })

  it('takes back what had started when one fails, and tells its error', async () => {
    const log: string[] = []
    const failing = recorded(log, 'bad', { start: () => Promise.reject(new Error('taken port')) })
    const lifecycle = createLifecycle([recorded(log, 'a'), failing, recorded(log, 'c')], { logger })
    await expect(lifecycle.start()).rejects.toThrow('taken port')
    expect(log).toEqual(['start a', 'stop bad', 'stop a'])
  })

  it('stops what is half-way through its start', async () => {
    const log: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = recorded(log, 'slow', {
      start: () => promise,
      stop: async () => {
        log.push('stop slow')
        resolve()
      },
    })
    const lifecycle = createLifecycle([recorded(log, 'a'), slow, recorded(log, 'c')], { logger })
    const starting = lifecycle.start()
    starting.catch(() => undefined)
    await Promise.resolve()
    await lifecycle.stop()
    await expect(starting).rejects.toMatchObject({ code: 'LIFECYCLE_STOPPED' })
    expect(log.at(0)).toBe('start a')
    expect(log.at(-1)).toBe('stop a')
    expect(log).not.toContain('start c')
    await expect(lifecycle.start()).rejects.toMatchObject({ code: 'LIFECYCLE_STOPPED' })
  })

  it('leaves nothing running, whenever stop is asked and whatever fails', async () => {
    const component = fc.record({ startFails: fc.boolean(), stopFails: fc.boolean(), ticks: fc.nat(3) })
    await fc.assert(
      fc.asyncProperty(fc.array(component, { maxLength: 5 }), fc.nat(12), async (plans, stopAfter) => {
        const running = new Set<number>()
        const ticks = async (count: number) => {
          for (let n = 0; n < count; n++) await Promise.resolve()
        }
        const components = plans.map(({ startFails, stopFails, ticks: wait }, index): Component => ({
          name: String(index),
          start: async () => {
            await ticks(wait)
            if (startFails) throw new Error('start')
            running.add(index)
          },
          stop: async () => {
            running.delete(index)
            await ticks(wait)
            if (stopFails) throw new Error('stop')
          },
        }))
        const lifecycle = createLifecycle(components, { logger })
        const starting = lifecycle.start().catch(() => undefined)
        await ticks(stopAfter)
        await lifecycle.stop()
        await starting
        expect([...running]).toEqual([])
      }),
    )
  })

  it('is ready when every component is, and says which is not', async () => {
    const waiting = recorded([], 'bus', { ready: () => ({ ready: false, reason: 'no broker answers' }) })
    const lifecycle = createLifecycle([recorded([], 'store'), waiting], { logger })
    expect(lifecycle.readiness()).toMatchObject({
      ready: false,
      components: [{ reason: 'starting' }, { reason: 'starting' }],
    })
    await lifecycle.start()
    expect(lifecycle.readiness()).toEqual({
      ready: false,
      components: [
        { name: 'store', ready: true, reason: 'running' },
        { name: 'bus', ready: false, reason: 'no broker answers' },
      ],
    })
    await lifecycle.stop()
    expect(lifecycle.readiness().components[0]).toMatchObject({ ready: false, reason: 'stopping' })
  })
})
