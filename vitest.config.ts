import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const folders = ['packages', 'services'].flatMap((group) =>
  readdirSync(new URL(group, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${group}/${entry.name}`),
)

/** One project a folder: `vitest run --project packages/bus`. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [...folders, 'scripts', 'infra', 'dashboards'].map((root) => ({
      test: {
        name: root,
        root,
        include: ['**/*.test.ts'],
        testTimeout: 60_000,
        hookTimeout: 180_000,
        expect: { poll: { timeout: 10_000 } },
      },
    })),
  },
})
