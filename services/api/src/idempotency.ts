import type { SqlPool } from '@outcry/contracts'
import type { IdempotencyPort, IdempotencyVerdict } from '@outcry/rest'
import { abandonIdempotent, beginIdempotent, finishIdempotent } from '@outcry/store'

export const createIdempotency = (pool: SqlPool): IdempotencyPort => ({
  async begin(holder, key, requestHash): Promise<IdempotencyVerdict> {
    const known = await beginIdempotent(pool, { tokenName: holder, key, requestHash })
    switch (known.state) {
      case 'new':
        return { kind: 'fresh' }
      case 'running':
        return { kind: 'in-flight' }
      case 'applied':
        return { kind: 'applied' }
      case 'mismatch':
        return { kind: 'mismatch' }
      case 'done':
    }
    return { kind: 'answered', status: known.status, body: String(known.response) }
  },
  finish: async (tokenName, key, status, response) => finishIdempotent(pool, { tokenName, key, status, response }),
  abandon: async (tokenName, key) => abandonIdempotent(pool, { tokenName, key }),
})
