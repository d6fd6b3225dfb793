/**
 * The console in Chromium, over a real API and database: how soon it shows anything, what the main thread does while
 * mentions come in, and what it holds after an hour of them.
 * `npm run -s bench -- console [--issues 200] [--complaints 5000] [--per-second 50] [--seconds 30] [--hour-in 240]`.
 * Exit code 1 where a first view takes a second, a task 50 ms or an update 8 ms of CPU, or the heap grows: for a quiet machine.
 */
import { parseArgs } from 'node:util'
import { type ConsoleRun, runConsole } from './console/console-run.ts'
import type { MainThread } from './console/main-thread.ts'

const { values } = parseArgs({
  options: {
    issues: { type: 'string', default: '200' },
    complaints: { type: 'string', default: '5000' },
    'per-second': { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    'hour-in': { type: 'string', default: '240' },
  },
})
const MUST = { viewMs: 1_000, taskMs: 50, updateMs: 8, growth: 1.1 }
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const longest = (threads: readonly MainThread[]) => Math.max(...threads.map(({ longestMs }) => longestMs))
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`

const report = ({ views, scroll, live, heapMib }: ConsoleRun): boolean => {
  say(`first view, each in a new browser, must be under ${ms(MUST.viewMs)}; CPU is the main thread's`)
  for (const { name, wallMs, threads } of views)
    say(
      `  ${name}: ${wallMs.map(ms).join(', ')}; longest task ${ms(longest(threads))} of CPU, ` +
        `${ms(Math.max(...threads.map(({ longestWallMs }) => longestWallMs)))} in all`,
    )
  if (scroll !== null)
    say(
      `all complaints scrolled through: ${ms(scroll.cpuMs)} of CPU, longest task ${ms(scroll.longestMs)} of CPU, ${ms(scroll.longestWallMs)} in all`,
    )
  say(`live, must be under ${ms(MUST.updateMs)} of CPU an update and ${ms(MUST.taskMs)} a task`)
  for (const { name, updates, thread } of live)
    say(
      `  ${name}: ${updates} updates, ${ms(thread.cpuMs / updates)} of CPU each, longest task ${ms(thread.longestMs)} of CPU, ` +
        `${ms(thread.longestWallMs)} in all, ${thread.over50} of ${thread.tasks} tasks over 50 ms`,
    )
  const [first = 0, ...later] = heapMib
  if (later.length > 0) say(`heap over an hour of updates, MiB: ${heapMib.map((size) => size.toFixed(1)).join(', ')}`)
  const kept = later.at(-1) ?? first
  return (
    (scroll?.longestMs ?? 0) < MUST.taskMs &&
    views.every(({ wallMs, threads }) => Math.max(...wallMs) < MUST.viewMs && longest(threads) < MUST.taskMs) &&
    live.every(({ updates, thread }) => thread.cpuMs / updates < MUST.updateMs && thread.longestMs < MUST.taskMs) &&
    kept <= (later[0] ?? first) * MUST.growth
  )
}

const run = await runConsole({
  issues: Number(values.issues),
  complaints: Number(values.complaints),
  updatesPerSecond: Number(values['per-second']),
  seconds: Number(values.seconds),
  hourSeconds: Number(values['hour-in']),
  say,
})
process.exitCode = report(run) ? 0 : 1
