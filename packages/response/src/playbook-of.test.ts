import { clockTimesOf, emptyPlaybook } from '@outcry/contracts'
import { expect, it } from 'vitest'
import { playbookOf } from './playbook-of.ts'

const book = (issueType: string, owner: string) => ({ ...emptyPlaybook(issueType), owner })

it("follows the type's own playbook before that of every other, and the database before the configuration", () => {
  const stored = [book('*', 'every other, stored'), book('refund', 'refund, stored')]
  const configured = [book('refund', 'refund'), book('checkout', 'checkout'), book('*', 'every other')]
  const owner = (type: string | null, books = [...stored, ...configured]) => playbookOf(books, type)?.owner
  expect(owner('refund')).toBe('refund, stored')
  expect(owner('checkout')).toBe('checkout')
  expect(owner('login')).toBe('every other, stored')
  expect(owner(null)).toBe('every other, stored')
  expect(owner('login', configured)).toBe('every other')
  expect(playbookOf([book('refund', 'a')], 'login')).toBeNull()
})

it('has a time for every step, but for what the playbook switches off', () => {
  expect(clockTimesOf(null)).toMatchObject({ acknowledgeMs: 900_000, remindBeforeMs: 300_000, resolveMs: 86_400_000 })
  const clocks = { acknowledgeMs: 60_000, resolveMs: null }
  expect(clockTimesOf({ ...emptyPlaybook('refund'), clocks })).toEqual({ ...clockTimesOf(null), ...clocks })
})
