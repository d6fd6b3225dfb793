import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { issue } from './issue.ts'
import { onCall } from './on-call.ts'
import { pipeline } from './pipeline.ts'
import { sources } from './sources.ts'

/** Every dashboard by the name of its file. */
export const dashboards = (): Record<string, Dashboard> => ({
  'on-call': onCall(),
  issue: issue(),
  sources: sources(),
  pipeline: pipeline(),
})
