import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, untilReady } from './local-server.ts'
import { available, onPath } from './requirement.ts'

/** Whether a real Prometheus and its promtool are on the PATH; an error where OUTCRY_TEST_REQUIRE names them. */
export const prometheusAvailable = (): boolean =>
  available('prometheus', onPath('prometheus') && onPath('promtool'), 'prometheus and promtool are not on the PATH')

/** Runs `promtool` and returns what it said. `input` goes to its standard input. */
export const promtool = (args: readonly string[], input = ''): { status: number | null; output: string } => {
  const done = spawnSync('promtool', args, { input, encoding: 'utf8' })
  return { status: done.status, output: done.stdout + done.stderr }
}

export type RunningPrometheus = {
  url: string
  /** Samples of an instant query, as (labels, value). */
  query(expression: string): Promise<{ metric: Record<string, string>; value: number }[]>
  stop(): Promise<void>
}

/** Starts a real Prometheus on a free loopback port that scrapes `target` (host:port) every 200 ms. */
export const startPrometheus = async (options: {
  target: string
  bearerToken?: string
  ruleFiles?: readonly string[]
}): Promise<RunningPrometheus> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-prometheus-'))
  const port = await freePort()
  const config = {
    global: { scrape_interval: '200ms', scrape_timeout: '200ms', evaluation_interval: '200ms' },
    rule_files: options.ruleFiles ?? [],
    scrape_configs: [
      {
        job_name: 'outcry',
        static_configs: [{ targets: [options.target] }],
        ...(options.bearerToken === undefined ? {} : { authorization: { credentials: options.bearerToken } }),
      },
    ],
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config), { mode: 0o600 })
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}`
  await untilReady(child, `${url}/-/ready`)
  return {
    url,
    query: async (expression) => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`)
      const body = (await answer.json()) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] }
      }
      return body.data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
    },
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
