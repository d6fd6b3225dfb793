import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run, scratch } from '../test/run-command.ts'

const check = async (yaml: string) => {
  const cwd = scratch()
  writeFileSync(join(cwd, 'outcry.yaml'), yaml)
  return run(['config', 'check'], { cwd })
}

it('refuses a digest to a tool that has no word for it, and takes it to one that has', async () => {
  const targets = `targets:
  - {name: on-call, format: pagerduty, routingKey: 0123456789abcdef0123456789abcdef}
  - {name: chat, format: slack, url: 'https://hooks.slack.com/services/x'}
`
  const digest = (to: string) => `alerting: {digest: {at: '08:00', timeZone: Europe/Berlin, targets: [${to}]}}`
  const refused = await check(targets + digest('chat, on-call'))
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('alerting.digest.targets[1] ("on-call"): pagerduty has no word for a digest')
  expect(await check(targets + digest('chat'))).toMatchObject({ code: 0 })
})

it('knows the built-in issue types of a route', async () => {
  const target = (type: string) =>
    `targets: [{name: chat, format: slack, url: 'https://hooks.slack.com/services/x', issueTypes: [${type}]}]`
  expect(await check(target('checkout, any'))).toMatchObject({ code: 0 })
  const refused = await check(target('chekout'))
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain(
    'targets[0].issueTypes[0] ("chekout"): no issue type has this id; Did you mean "checkout"?',
  )
})
