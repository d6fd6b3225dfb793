import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What some tests need beside Node. */
export type Requirement = 'kafka' | 'prometheus' | 'browser' | 'imap'

/** Whether OUTCRY_TEST_REQUIRE names it. */
export const isRequired = (name: Requirement): boolean =>
  (process.env['OUTCRY_TEST_REQUIRE'] ?? '').split(',').includes(name)

/**
 * Whether tests that need it can run: `found`, except that a missing one is an error where OUTCRY_TEST_REQUIRE names it,
 * as CI does.
 */
export const available = (name: Requirement, found: boolean, hint: string): boolean => {
  if (!found && isRequired(name)) {
    throw new Error(`OUTCRY_TEST_REQUIRE names ${name}, but ${hint}`)
  }
  return found
}

/** Whether a program of this name can be run from the PATH. */
export const onPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
