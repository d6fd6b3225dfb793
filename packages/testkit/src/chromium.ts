import { existsSync } from 'node:fs'
import { available } from './requirement.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const QUIET =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'

/**
 * How to launch the system's Chromium, or OUTCRY_TEST_CHROMIUM, with playwright-core; null where there is none, and an
 * error where OUTCRY_TEST_REQUIRE names `browser`.
 */
export const chromiumLaunch = (): { executablePath: string; args: string[] } | null => {
  const executablePath = process.env['OUTCRY_TEST_CHROMIUM'] ?? PLACES.find((path) => existsSync(path))
  const found = executablePath !== undefined && existsSync(executablePath)
  if (!available('browser', found, `no Chromium is at ${PLACES.join(', ')}`)) return null
  return { executablePath: executablePath!, args: QUIET.split(' ') }
}
