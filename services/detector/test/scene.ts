import { afterEach, expect, vi } from 'vitest'
import { MENTIONS_TOPIC } from '@outcry/bus'
import {
  createInstallation,
  createTestDetector,
  type Installation,
  outcome,
  storedPositions,
  toAppend,
} from './fixture.ts'
import { madeRecords } from './made-stream.ts'

// What the tests of the detector begin with: two brands on two partitions, each with an outage in its stream.

export const WAIT = { timeout: 60_000, interval: 50 }
export const streams = [madeRecords('acme'), madeRecords('globex')]
/** Positions of the last records. */
export const ends = streams.map((records) => records.length - 1)

/** Gives installations that end with their test. */
export const useInstallations = () => {
  const opened: Installation[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((installation) => installation.close()))
  })
  return async (driver: 'postgres' | 'kafka' = 'postgres'): Promise<Installation> => {
    const installation = await createInstallation(driver)
    opened.push(installation)
    return installation
  }
}

export const appendAll = (at: Installation) =>
  at.bus.append(
    MENTIONS_TOPIC,
    streams.flatMap((records, partition) => toAppend(records, partition)),
  )

export const untilStored = (at: Installation, positions: number[]) =>
  vi.waitFor(async () => expect(await storedPositions(at.database.pool)).toEqual(positions), WAIT)

/** What the detector leaves behind when nothing happens to it. */
export const runUndisturbed = async (at: Installation) => {
  await appendAll(at)
  const detector = createTestDetector(at)
  await detector.start()
  await untilStored(at, ends)
  await detector.stop()
  return outcome(at.database.pool)
}
