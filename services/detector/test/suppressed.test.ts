import { expect, it } from 'vitest'
import { runUndisturbed, useInstallations } from './scene.ts'

const install = useInstallations()

it('stores what nearly alerted beside the issues, with who came first by source only', async () => {
  const { suppressed } = await runUndisturbed(await install())
  expect(suppressed.map(({ brand }) => String(brand)).toSorted()).toEqual(['acme', 'globex'])
  for (const { body } of suppressed) {
    expect(body).toMatchObject({ reason: 'too-few-people', observed: 1, first: { source: 'file' } })
    expect(JSON.stringify(body)).not.toMatch(/author|angry/)
  }
})
