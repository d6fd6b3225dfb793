import type { Browser, Page } from 'playwright-core'

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

/** Of the page's main thread while it was traced. `longest` is CPU; `longestWall` also counts what else the machine ran. */
export type MainThread = { tasks: number; cpuMs: number; longestMs: number; longestWallMs: number; over50: number }

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata']
const LONG_MS = 50

/** What the main thread of a page does while `work` goes on, from a trace of Chromium. */
export const traced = async (browser: Browser, page: Page, work: () => Promise<void>): Promise<MainThread> => {
  await browser.startTracing(page, { categories: CATEGORIES, screenshots: false })
  await work()
  const trace: unknown = JSON.parse((await browser.stopTracing()).toString())
  return mainThreadOf((trace as { traceEvents: TraceEvent[] }).traceEvents)
}

const mainThreadOf = (events: readonly TraceEvent[]): MainThread => {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const all = events.filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && mains.has(`${pid} ${tid}`))
  // Of renderers that stand by nothing is measured: the page is the one that works.
  const byThread = Map.groupBy(all, ({ pid, tid }) => `${pid} ${tid}`)
  const sum = (tasks: readonly TraceEvent[]) => tasks.reduce((total, { tdur = 0 }) => total + tdur, 0)
  const tasks = [...byThread.values()].toSorted((a, b) => sum(b) - sum(a))[0] ?? []
  const most = (of: 'dur' | 'tdur') => tasks.reduce((longest, task) => Math.max(longest, task[of] ?? 0), 0) / 1_000
  return {
    tasks: tasks.length,
    cpuMs: sum(tasks) / 1_000,
    longestMs: most('tdur'),
    longestWallMs: most('dur'),
    over50: tasks.filter(({ tdur = 0 }) => tdur / 1_000 > LONG_MS).length,
  }
}

/** What JavaScript holds after everything that can go has gone, MiB. */
export const heapMib = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / (1024 * 1024)
}
