import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, untilReady } from './local-server.ts'
import { available, onPath } from './requirement.ts'

const BINARY = 'prometheus-alertmanager'

/** Whether Debian's Alertmanager is on the PATH; an error where OUTCRY_TEST_REQUIRE names prometheus. */
export const alertmanagerAvailable = (): boolean =>
  available('prometheus', onPath(BINARY), `${BINARY} is not on the PATH`)

export type RunningAlertmanager = {
  url: string
  /** Labels of the alerts that fire now. */
  firing(): Promise<Record<string, string>[]>
  /** Ends it as a crash does and starts it again on its port, with what it had written to disk. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a real Alertmanager on a free loopback port that sends its notifications to `webhook`, grouped by `groupBy`. */
export const startAlertmanager = async (options: {
  webhook: string
  groupBy: readonly string[]
}): Promise<RunningAlertmanager> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-alertmanager-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = {
    route: {
      receiver: 'webhook',
      group_by: options.groupBy,
      group_wait: '0s',
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [{ name: 'webhook', webhook_configs: [{ url: options.webhook, send_resolved: true }] }],
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'alertmanager.yml'), JSON.stringify(config))
  const start = async () => {
    const child = spawn(
      BINARY,
      [
        `--config.file=${join(folder, 'alertmanager.yml')}`,
        `--storage.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    )
    await untilReady(child, `${url}/-/ready`)
    return child
  }
  let child = await start()
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    url,
    firing: async () => {
      const answer = await fetch(`${url}/api/v2/alerts?active=true`)
      return ((await answer.json()) as { labels: Record<string, string> }[]).map(({ labels }) => labels)
    },
    restart: async () => {
      await end('SIGKILL')
      child = await start()
    },
    stop: async () => {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
