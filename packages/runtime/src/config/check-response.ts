import { USUAL_POSTING_SHARE, valueAt } from '@outcry/contracts'
import type { PathFault } from './config-path.ts'

/** Faults of what the configuration says of the response that no single field shows. Looks at whatever is there. */
export const responseFaults = (config: unknown): PathFault[] => {
  const share = (end: 'low' | 'high') => valueAt(config, ['response', 'postingShare', end]) ?? USUAL_POSTING_SHARE[end]
  const [low, high] = [share('low'), share('high')]
  if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return []
  return [
    {
      at: ['response', 'postingShare', 'low'],
      value: String(low),
      message: `is more than high, which is ${high}`,
      fix: 'Give the smaller share as low.',
    },
  ]
}
