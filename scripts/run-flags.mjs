import { join } from 'node:path'
import { root } from './bootstrap.mjs'

/**
 * How Node runs Outcry, and what measures its speed and memory. Many brands keep much for days, and a little of every
 * mention for an hour: left alone, V8 lets that grow to several times what is alive before it looks. Here the old part of
 * the heap may grow by 15 % between two looks.
 */
export const runFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=8',
  '--heap-growing-percent=15',
]

/**
 * Arrays from 32 KiB on get memory of their own that goes back when they do (glibc; elsewhere without effect), and
 * what Node made of the sources is kept, so that later starts need no compiler in memory.
 */
export const runEnvironment = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '32768',
  NODE_COMPILE_CACHE: join(root, '.cache/compiled'),
}
