import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onPath } from '@outcry/testkit'
import { describe, expect, it } from 'vitest'
import { documentsOf, INFRA, loaded, madeSecrets, yamlOf } from './test/infra-files.ts'

const FOLDER = join(INFRA, 'kubernetes')
const SERVICES = ['alerter', 'api', 'detector', 'ingest']

type Probe = { httpGet: { path: string; port: string } }
type Container = {
  args: string[]
  image: string
  ports: { name: string; containerPort: number }[]
  startupProbe: Probe
  livenessProbe: Probe
  readinessProbe: Probe
  securityContext: object
  volumeMounts: { mountPath: string }[]
}
type Made = {
  kind: string
  metadata: { name: string; namespace?: string }
  spec: {
    replicas: number
    minAvailable: number
    selector: { matchLabels: Record<string, string> }
    ports: { targetPort: string }[]
    template: {
      metadata: { labels: Record<string, string> }
      spec: {
        terminationGracePeriodSeconds: number
        containers: [Container]
        securityContext: object
        volumes: { configMap?: { name: string } }[]
      }
    }
  }
}

describe('the manifests for Kubernetes', () => {
  it('name only files that are there, and configure Outcry as it wants', async () => {
    const { resources, patches } = yamlOf('infra/kubernetes/kustomization.yaml') as {
      resources: string[]
      patches: { path: string }[]
    }
    const named = [...resources, ...patches.map(({ path }) => path)]
    expect(named.filter((file) => !existsSync(join(FOLDER, file)))).toEqual([])
    const { config } = await loaded('infra/kubernetes/outcry.yaml', madeSecrets())
    expect(config).toMatchObject({ bus: { driver: 'kafka' }, health: { host: '0.0.0.0', port: 9464 } })
    expect(config.api.drainMs).toBeGreaterThan(0)
  })

  describe.skipIf(!onPath('kubectl'))('as kubectl puts them together', () => {
    const built = onPath('kubectl') ? spawnSync('kubectl', ['kustomize', FOLDER], { encoding: 'utf8' }) : null
    const all = documentsOf(built?.stdout ?? '') as Made[]
    const ofKind = (kind: string) => all.filter((each) => each.kind === kind)

    it('have a deployment a service, on the ports of the configuration', async () => {
      expect(built).toMatchObject({ status: 0, stderr: '' })
      const { config } = await loaded('infra/kubernetes/outcry.yaml', madeSecrets())
      const deployments = ofKind('Deployment')
      expect(deployments.map(({ spec }) => spec.template.spec.containers[0].args.join(' ')).toSorted()).toEqual(
        SERVICES.map((name) => `start --only ${name}`),
      )
      for (const { spec, metadata } of deployments) {
        const { containers, terminationGracePeriodSeconds: grace } = spec.template.spec
        const [{ ports, startupProbe, livenessProbe, readinessProbe }] = containers
        const port = (name: string) => ports.find((each) => each.name === name)?.containerPort
        expect(port('health')).toBe(config.health.port)
        expect(port('http')).toBe(metadata.name === 'outcry-api' ? config.api.port : undefined)
        const probed = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)
        expect(probed.map(({ path }) => path)).toEqual(['/healthz', '/healthz', '/readyz'])
        expect(probed.every((each) => each.port === 'health')).toBe(true)
        expect(grace * 1_000).toBeGreaterThan(25_000 + config.api.drainMs)
      }
    })

    it('run without rights, from an image that cannot be written to', () => {
      for (const { spec } of ofKind('Deployment')) {
        const { securityContext, containers, volumes } = spec.template.spec
        expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001 })
        expect(containers[0].securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        const [configMap] = ofKind('ConfigMap')
        expect(volumes.flatMap((volume) => volume.configMap?.name ?? [])).toEqual([configMap!.metadata.name])
        expect(containers[0].image).toMatch(/:\d/)
      }
    })

    it('keep one of each service through a drain, and pass requests to the API', () => {
      const labels = new Map(ofKind('Deployment').map(({ metadata, spec }) => [metadata.name, spec]))
      const budgets = ofKind('PodDisruptionBudget')
      expect(budgets.map(({ metadata }) => metadata.name).toSorted()).toEqual([...labels.keys()].toSorted())
      for (const { metadata, spec } of budgets) {
        const { replicas, template } = labels.get(metadata.name)!
        expect(template.metadata.labels).toMatchObject(spec.selector.matchLabels)
        expect(spec.minAvailable).toBeLessThan(replicas)
      }
      const [service] = ofKind('Service')
      expect(labels.get('outcry-api')!.template.metadata.labels).toMatchObject(service!.spec.selector)
    })
  })

  it('mount the configuration and its secrets where the image reads them', () => {
    const pod = readFileSync(join(FOLDER, 'pod.yaml'), 'utf8')
    const image = readFileSync(join(INFRA, 'Dockerfile'), 'utf8')
    const workDir = /^WORKDIR (\/var\S+)$/m.exec(image)![1]!
    expect(pod).toContain(`mountPath: ${workDir}/outcry.yaml`)
    expect(pod).toContain(`mountPath: ${/OUTCRY_DATA_DIR=(\S+)/.exec(image)![1]!} }`)
    expect(pod).toContain('mountPath: /run/outcry,')
  })
})
