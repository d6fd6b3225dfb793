import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase } from '@outcry/testkit'
import { onTestFinished } from 'vitest'
import { askOutcry } from './asked-outcry.ts'
import { scratch } from './run-command.ts'
import { startOutcry } from './started-outcry.ts'
import { receiveWebhooks } from './webhook-receiver.ts'

/** A whole Outcry with two brands, a target that takes drills and one that does not, and a playbook for checkouts. */
export const drilledDesk = async (bus: object = {}) => {
  const cwd = scratch()
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const pager = await receiveWebhooks(secret)
  const quiet = await receiveWebhooks(secret)
  const target = { format: 'standard', secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }
  const config = {
    brands: [
      { id: 'acme', name: 'Acme', terms: ['Acme'] },
      { id: 'globex', terms: ['Globex'] },
    ],
    sources: [{ connector: 'push', name: 'shop', secret: '${HOOK_SECRET}' }],
    targets: [
      { ...target, name: 'pager', url: pager.url, drills: true },
      { ...target, name: 'quiet', url: quiet.url },
    ],
    bus,
    response: {
      playbooks: [
        {
          issueType: '*',
          owner: 'Head of payments',
          queue: '#checkout-desk',
          remedies: ['free delivery of the next order'],
          meanwhile: { en: 'Your order is safe; please do not order twice.' },
        },
      ],
    },
  }
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const env = { HOOK_SECRET: secret, DATABASE_URL: database.url }
  const outcry = startOutcry(cwd, [], env)
  await outcry.printed('Ctrl-C stops')
  const asked = askOutcry(outcry, cwd)
  const post = async <T>(path: string, body: object = {}): Promise<T> => {
    const { status, body: text } = await asked.ask(`/api/v1${path}`, 'POST', body)
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`)
    return JSON.parse(text) as T
  }
  const get = async <T>(path: string): Promise<T> => JSON.parse((await asked.ask(`/api/v1${path}`)).body) as T
  return { cwd, env, outcry, pool: database.pool, pager: pager.received, quiet: quiet.received, ...asked, get, post }
}
