import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, kafkaAvailable, startKafka } from '@outcry/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

describe.skipIf(!kafkaAvailable())('a consumer that can never go on (needs java and mvn)', () => {
  it('ends the process with exit code 1 and its reason in the log, for a supervisor to start anew', async () => {
    const kafka = await startKafka({ authorizer: true })
    onTestFinished(() => kafka.stop())
    const database = await createTestDatabase({ empty: true })
    onTestFinished(() => database.drop())
    const cwd = scratch()
    const config = {
      brands: [{ id: 'acme', terms: ['Acme'] }],
      bus: { driver: 'kafka', kafka: { brokers: kafka.brokers } },
      log: { format: 'json' },
    }
    writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
    const outcry = startOutcry(cwd, ['--only', 'detector'], { DATABASE_URL: database.url })
    await outcry.printed('Ctrl-C stops')
    await kafka.denyGroups()
    expect(await outcry.exited()).toBe(1)
    const said = outcry
      .output()
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    expect(said).toContainEqual(
      expect.objectContaining({
        msg: 'A part can never go on: the process ends',
        error: expect.objectContaining({
          code: 'BUS_CONSUMER_FAILED',
          message: expect.stringMatching(/group authorization failed/i),
        }),
      }),
    )
    expect(outcry.output()).toContain('[BUS_CONSUMER_FAILED]')
  }, 90_000)
})
