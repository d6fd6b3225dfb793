import { OutcryError } from '@outcry/contracts'
import type { Logger } from './logger.ts'

/** A part of the process. `stop` is safe at any time: before, during and after `start`, and twice. */
export type Component = {
  name: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Whether it can do its work now, with the reason for people. Ready once started where absent. */
  ready?(): { ready: boolean; reason: string }
}

export type Readiness = { ready: boolean; components: { name: string; ready: boolean; reason: string }[] }

export type Lifecycle = {
  /** Starts in order. When one fails, stops those before it and rejects with its error. */
  start(): Promise<void>
  /** Stops in reverse order, waiting for each; a failure is logged and the rest still stops. */
  stop(): Promise<void>
  readiness(): Readiness
}

const interrupted = () => new OutcryError('LIFECYCLE_STOPPED', 'stopped before everything had started')

/**
 * Starts components in order and stops them in reverse. Both may be called twice, at once, and half-way: a `stop`
 * during `start` stops the component being started, then the ones before it, and `start` rejects with
 * `LIFECYCLE_STOPPED`. A stopped lifecycle does not start again.
 */
export const createLifecycle = (components: readonly Component[], { logger }: { logger: Logger }): Lifecycle => {
  const started: Component[] = []
  let current: { component: Component; settled: Promise<void> } | null = null
  let starting: Promise<void> | null = null
  let stopping: Promise<void> | null = null

  const stopOne = async (component: Component) => {
    try {
      await component.stop()
    } catch (error) {
      logger.error({ component: component.name, error }, 'component did not stop cleanly')
    }
  }

  const stopAll = async () => {
    if (current) {
      const { component, settled } = current
      await stopOne(component)
      await settled
    }
    for (let component = started.pop(); component; component = started.pop()) {
      logger.debug({ component: component.name }, 'stopping')
      await stopOne(component)
    }
  }

  const stop = () => (stopping ??= stopAll())

  const startOne = async (component: Component) => {
    const attempt = (async () => component.start())()
    const settled = attempt.then(
      () => void started.push(component),
      () => undefined,
    )
    current = { component, settled }
    try {
      await attempt
      await settled
    } finally {
      current = null
    }
  }

  const startAll = async () => {
    for (const component of components) {
      if (stopping) throw interrupted()
      try {
        await startOne(component)
      } catch (error) {
        await stopOne(component)
        const asked = stopping !== null
        await stop()
        throw asked ? interrupted() : error
      }
      logger.debug({ component: component.name }, 'started')
    }
    if (stopping) throw interrupted()
  }

  return {
    start: () => {
      if (!starting && stopping) {
        return Promise.reject(new OutcryError('LIFECYCLE_STOPPED', 'a stopped process does not start again'))
      }
      return (starting ??= startAll())
    },
    stop,
    readiness: () => {
      const states = components.map((component) => {
        if (stopping) return { name: component.name, ready: false, reason: 'stopping' }
        if (!started.includes(component)) return { name: component.name, ready: false, reason: 'starting' }
        return { name: component.name, ...(component.ready?.() ?? { ready: true, reason: 'running' }) }
      })
      return { ready: states.every((state) => state.ready), components: states }
    },
  }
}
