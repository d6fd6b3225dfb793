import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type RunFlags = { runFlags: readonly string[]; runEnvironment: Record<string, string> }
const { runFlags, runEnvironment } = (await import(join(import.meta.dirname, 'run-flags.mjs'))) as RunFlags
const node = (...args: string[]) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...runEnvironment } })

describe('how Node runs Outcry', () => {
  it('is with flags that this Node knows', () => {
    const { status, stdout, stderr } = node(...runFlags, '-p', '"started"')
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'started\n', stderr: '' })
  })

  it('is how the benches run too, and they tell a name they do not know', () => {
    const { status, stderr } = node(join(import.meta.dirname, 'bench.mjs'), 'sped')
    expect(status).toBe(2)
    expect(stderr).toContain('no bench "sped": one of console, feed, jetstream, memory, speed')
  })
})
