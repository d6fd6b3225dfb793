import type { DrillPort, DrillRow } from '../src/ports-of-drills.ts'
import { scopeCovers } from '../src/principal.ts'

const BEGUN = Date.UTC(2026, 0, 5, 12)

const drill = (id: string, brand: string): DrillRow => ({
  id,
  brand,
  shadow: `${brand}#drill-${id}`,
  scenario: 'checkout',
  title: 'Checkout hangs for everybody',
  expect: 'page',
  seed: 1,
  begunBy: 'mira',
  begunAt: BEGUN,
  endedBy: null,
  endedAt: null,
  report: {
    begunAt: BEGUN,
    until: BEGUN + 60_000,
    passed: true,
    issues: [
      {
        issueId: 'i3',
        label: 'checkout hangs',
        severity: 'major',
        people: 9,
        complaints: { all: 11, unanswered: 4 },
        steps: [{ step: 'acknowledged', where: null, at: null, due: BEGUN + 30_000 }],
      },
    ],
  },
  markdown: '# Drill',
})

/** One drill that runs, of acme. */
export const memoryDrills = (): DrillPort => {
  const drills = [drill('checkout-7', 'acme')]
  return {
    scenarios: () => [{ id: 'checkout', title: 'Checkout hangs for everybody', expect: 'page' }],
    brands: () => ['acme', 'globex'],
    list: async (scope) => ({ rows: drills.filter(({ brand }) => scopeCovers(scope, brand)), next: null }),
    get: async (id) => drills.find((one) => one.id === id) ?? null,
    find: async (id) => drills.find((one) => one.id === id) ?? null,
    begin: async ({ brand }) => {
      if (drills.some((one) => one.brand === brand && one.endedAt === null)) return null
      const begun = drill(`checkout-${drills.length}`, brand)
      drills.push(begun)
      return begun
    },
    end: async (id, { actor }) => {
      const found = drills.find((one) => one.id === id)
      if (found === undefined || found.endedAt !== null) return null
      return Object.assign(found, { endedAt: BEGUN + 60_000, endedBy: actor })
    },
  }
}
