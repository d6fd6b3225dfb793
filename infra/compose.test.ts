import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onPath, prometheusAvailable, promtool } from '@outcry/testkit'
import { describe, expect, it } from 'vitest'
import { answers, INFRA, loaded, madeSecrets, textOf, yamlOf } from './test/infra-files.ts'

type Service = {
  image: string
  build?: { context: string; dockerfile: string }
  command?: string[]
  ports?: string[]
  volumes?: string[]
  read_only?: boolean
  depends_on?: Record<string, { condition: string }>
}
const { services, volumes } = yamlOf('infra/compose.yaml') as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)
const mounts = Object.values(services).flatMap((service) => service.volumes ?? [])

describe('the compose file', () => {
  it('runs each service in a container of its own, from the image that the Dockerfile makes', () => {
    expect(ours.map(([name, { command }]) => [name, command])).toEqual(
      ['ingest', 'detector', 'alerter', 'api'].map((name) => [name, ['start', '--only', name]]),
    )
    for (const [, { build, read_only: readOnly }] of ours) {
      expect(existsSync(join(INFRA, build!.context, build!.dockerfile))).toBe(true)
      expect(readOnly).toBe(true)
    }
  })

  it('mounts only what is there, and listens on this machine only', () => {
    const named = mounts.filter((mount) => !mount.startsWith('.')).map((mount) => mount.split(':')[0]!)
    expect(named.filter((name) => !(name in volumes))).toEqual([])
    const files = mounts.filter((mount) => mount.startsWith('.')).map((mount) => mount.split(':')[0]!)
    expect(files.filter((file) => !existsSync(join(INFRA, file)))).toEqual([])
    const ports = Object.values(services).flatMap((service) => service.ports ?? [])
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  it('waits for services that are there, and pins every image', () => {
    for (const service of Object.values(services)) {
      expect(Object.keys(service.depends_on ?? {}).filter((name) => !(name in services))).toEqual([])
      expect(service.image).toMatch(/:(?!latest)[\w.-]+$/)
    }
  })

  it('gives Outcry a configuration that it takes, with secrets that are made at the first start and kept', async () => {
    const secrets = madeSecrets()
    const { config } = await loaded('infra/outcry.yaml', secrets)
    expect(config.bus).toMatchObject({ driver: 'kafka', kafka: { brokers: ['kafka:9092'] } })
    expect(config.database.url).toMatch(/^postgres:\/\/outcry:[\w-]{40,}@postgres:5432\/outcry$/)
    expect(config.api.tokens.map(({ name, role }) => [name, role])).toEqual([
      ['admin', 'admin'],
      ['prometheus', 'viewer'],
    ])
    expect(new Set(config.api.tokens.map(({ token }) => token)).size).toBe(2)
    expect(services['api']!.ports).toEqual([`127.0.0.1:${config.api.port}:${config.api.port}`])
  })

  it('lets Prometheus scrape every service of Outcry on the port where it tells', async () => {
    const { config } = await loaded('infra/outcry.yaml', madeSecrets())
    const { scrape_configs: jobs } = yamlOf('infra/prometheus/prometheus.yaml') as {
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[]
    }
    expect(
      jobs.map(({ job_name: name, static_configs: groups }) => [name, groups.flatMap((each) => each.targets)]),
    ).toEqual([['outcry', ours.map(([name]) => `${name}:${config.health.port}`)]])
  })

  it('gives Grafana the dashboards, and a data source of each type they ask for', () => {
    const { providers } = yamlOf('infra/grafana/provisioning/dashboards/outcry.yaml') as {
      providers: { options: { path: string } }[]
    }
    expect(mounts).toContain(`../dashboards:${providers[0]!.options.path}:ro`)
    const { datasources } = yamlOf('infra/grafana/provisioning/datasources/outcry.yaml') as {
      datasources: { type: string; url: string }[]
    }
    const types = new Set(datasources.map(({ type }) => type))
    for (const name of ['on-call', 'issue', 'sources', 'pipeline']) {
      const board = JSON.parse(textOf(`dashboards/${name}.json`)) as {
        templating: { list: { type: string; query: string }[] }
      }
      const asked = board.templating.list.filter(({ type }) => type === 'datasource').map(({ query }) => query)
      expect(asked).toHaveLength(2)
      expect(asked.filter((type) => !types.has(type))).toEqual([])
    }
    const hosts = datasources.map(({ url }) => url.replace(/^http:\/\//, '').split(':')[0]!)
    expect(hosts.filter((host) => !(host in services))).toEqual([])
  })

  it.skipIf(!answers('docker', ['compose', 'version']))('is what docker compose takes', () => {
    expect(answers('docker', ['compose', '-f', join(INFRA, 'compose.yaml'), 'config', '--quiet'])).toBe(true)
  })

  it.skipIf(!prometheusAvailable())('configures Prometheus as promtool wants it', () => {
    const file = join(INFRA, 'prometheus/prometheus.yaml')
    expect(promtool(['check', 'config', '--syntax-only', file])).toMatchObject({ status: 0 })
  })

  it.skipIf(!onPath('amtool'))('configures Alertmanager as amtool wants it', () => {
    expect(answers('amtool', ['check-config', join(INFRA, 'alertmanager/alertmanager.yaml')])).toBe(true)
  })
})

describe('the image', () => {
  const dockerfile = textOf('infra/Dockerfile')

  it('copies what is there and is let into the build, and runs as nobody special', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(?:--\S+ )?(.+) \S+$/gm)].flatMap(([, paths]) =>
      paths!.split(' '),
    )
    expect(copied.length).toBeGreaterThan(5)
    const allowed = textOf('infra/Dockerfile.dockerignore').split('\n')
    for (const path of copied) {
      expect(existsSync(join(INFRA, '..', path))).toBe(true)
      expect(allowed.some((line) => line.startsWith('!') && path.startsWith(line.slice(1)))).toBe(true)
    }
    expect(dockerfile.match(/^USER .*$/m)?.[0]).toBe('USER 10001:10001')
  })

  it('installs with the pnpm of this repository, and starts Node as npm start does', async () => {
    const { devEngines } = JSON.parse(textOf('package.json')) as { devEngines: { packageManager: { version: string } } }
    expect(dockerfile).toContain(`npx -y pnpm@${devEngines.packageManager.version} install`)
    const { runFlags, runEnvironment } = (await import(join(INFRA, '../scripts/run-flags.mjs'))) as {
      runFlags: string[]
      runEnvironment: Record<string, string>
    }
    const script = readFileSync(join(INFRA, 'image/outcry'), 'utf8')
    expect([...script.matchAll(/--[\w-]+=\w+/g)].map(([flag]) => flag)).toEqual(runFlags)
    for (const name of Object.keys(runEnvironment)) expect(dockerfile).toContain(`${name}=`)
  })
})
