import { appending } from './compliance/append.ts'
import { compaction } from './compliance/compaction.ts'
import type { Driver } from './compliance/driver.ts'
import { erasingLetters } from './compliance/erasing-letters.ts'
import { otherProcesses } from './compliance/other-processes.ts'
import { ownership } from './compliance/ownership.ts'
import { positions } from './compliance/positions.ts'
import { reading } from './compliance/reading.ts'
import { topics } from './compliance/topics.ts'

export { COMPLIANCE_MAX_RECORD_BYTES } from './compliance/driver.ts'

/** What every driver of the bus promises. */
export const busCompliance = (driver: Driver): void => {
  otherProcesses(driver)
  appending(driver)
  topics(driver)
  reading(driver)
  positions(driver)
  ownership(driver)
  compaction(driver)
  erasingLetters(driver)
}
