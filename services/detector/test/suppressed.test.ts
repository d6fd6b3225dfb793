import type { SuppressedBurst } from '@outcry/contracts'
import { expect, it } from 'vitest'
import { runUndisturbed, useInstallations } from './scene.ts'

const install = useInstallations()

it('stores what nearly alerted beside the issues, with who came first by source only', async () => {
  const at = await install()
  const { suppressed } = await runUndisturbed(at)
  const angry = suppressed.filter(({ body }) => (body as SuppressedBurst).reason === 'too-few-people')
  expect(angry.map(({ brand }) => String(brand)).toSorted()).toEqual(['acme', 'globex'])
  for (const { body } of angry) {
    expect(body).toMatchObject({ observed: 1, first: { source: 'file' } })
    expect(JSON.stringify(body)).not.toMatch(/author|angry/)
  }
  expect((await at.metrics.expose()).body).toContain(
    'outcry_bursts_suppressed_total{brand="acme",reason="too-few-people"} 1',
  )
})
