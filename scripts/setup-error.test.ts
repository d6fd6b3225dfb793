import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type SetupError = Error & { fix: string }
const { explainInstallFailure } = (await import(join(import.meta.dirname, 'setup-error.mjs'))) as {
  explainInstallFailure: (output: string, root: string) => SetupError
}

describe('explainInstallFailure', () => {
  it.each([
    [
      'the network',
      'npm error code ENOTFOUND\nnpm error registry.npmjs.org',
      /registry cannot be reached/,
      /HTTPS_PROXY/,
    ],
    ['a proxy that refuses', '[ERR_PNPM_META_FETCH_FAIL] GET https://…', /registry cannot be reached/, /network/],
    ['a full disk', 'ENOSPC: no space left on device, write', /disk of \/app is full/, /1 GB/],
    ['a read-only file system', 'EROFS: read-only file system, mkdir', /read-only/, /writable/],
    ['missing rights', "EACCES: permission denied, mkdir '/app/node_modules'", /may not write/, /owner/],
    ['another lockfile', '[ERR_PNPM_OUTDATED_LOCKFILE] Cannot install', /does not fit/, /git/],
    ['anything else', 'Segmentation fault', /could not install/, /starting again is safe/],
  ])('says what to do about %s, and shows what was said', (_what, output, message, fix) => {
    const error = explainInstallFailure(output, '/app')
    expect(error.message).toMatch(message)
    expect(error.fix).toMatch(fix)
    expect(error.fix).toContain(output.split('\n').at(-1))
  })
})
