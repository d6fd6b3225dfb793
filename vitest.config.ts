import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['packages/*', 'services/*', 'scripts'].map((root) => ({
      test: { name: root, root, include: ['**/*.test.ts'], testTimeout: 30_000, hookTimeout: 120_000 },
    })),
  },
})
