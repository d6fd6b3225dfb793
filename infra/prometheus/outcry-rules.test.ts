import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { prometheusAvailable, promtool } from '@outcry/testkit'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

type Rule = { alert?: string; record?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
type RuleTest = { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }

const folder = import.meta.dirname
const runbook = resolve(folder, '../../docs/RUNBOOK.md')
const withPrometheus = prometheusAvailable()
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'))

const ruleFiles = globSync('*.rules.yaml', { cwd: folder }).toSorted()
const rules = ruleFiles.flatMap((file) =>
  (read(file) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
)
const alerts = rules.filter((rule): rule is Rule & { alert: string } => rule.alert !== undefined)
const names = alerts.map(({ alert }) => alert).toSorted()
const tests = (read('outcry.rules-test.yaml') as { tests: RuleTest[] }).tests.flatMap((test) => test.alert_rule_test)

/** Alerts that a test shows firing, or keeping quiet. */
const shown = (firing: boolean) =>
  [
    ...new Set(
      tests.filter(({ exp_alerts: expected = [] }) => expected.length > 0 === firing).map((test) => test.alertname),
    ),
  ].toSorted()

describe('the rules for Prometheus', () => {
  it.skipIf(!withPrometheus)('are rules, as Prometheus itself reads them', () => {
    expect(promtool(['check', 'rules', ...ruleFiles.map((file) => join(folder, file))])).toMatchObject({ status: 0 })
  })

  it.skipIf(!withPrometheus)('fire on what they are about, and not before', () => {
    expect(promtool(['test', 'rules', join(folder, 'outcry.rules-test.yaml')])).toMatchObject({ status: 0 })
  })

  it('are each shown firing and keeping quiet', () => {
    expect(shown(true)).toEqual(names)
    expect(shown(false)).toEqual(names)
  })

  it('have each a section of the runbook, and the runbook has no others', () => {
    const sections = [...readFileSync(runbook, 'utf8').matchAll(/^### (\w+)$/gm)].map(([, name]) => name!)
    expect(sections.toSorted()).toEqual(names)
    expect(
      alerts.filter(
        ({ alert, annotations }) => annotations?.['runbook_url'] !== `docs/RUNBOOK.md#${alert.toLowerCase()}`,
      ),
    ).toEqual([])
  })

  it('say how grave it is, what happened and what it means', () => {
    for (const { labels, annotations } of alerts) {
      expect(['info', 'warning', 'critical']).toContain(labels?.['severity'])
      expect(Object.keys(annotations ?? {}).toSorted()).toEqual(['description', 'runbook_url', 'summary'])
    }
  })
})
