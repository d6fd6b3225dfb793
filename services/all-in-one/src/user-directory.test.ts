import { expect, test } from 'vitest'
import { userDirectory } from './user-directory.ts'

const npm = { npm_package_name: 'outcry', npm_lifecycle_event: 'outcry', INIT_CWD: '/work/data' }

test('paths are relative to where npm was called', () => {
  expect(userDirectory(npm, '/checkout')).toBe('/work/data')
})

test.each([
  ['without npm', {}],
  ['under a script of another package', { ...npm, npm_package_name: 'other' }],
  ['under another script', { ...npm, npm_lifecycle_event: 'test' }],
])('%s they are relative to the working directory', (_what, env) => {
  expect(userDirectory(env, '/checkout')).toBe('/checkout')
})
