import { createGuard, DAY_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { Type } from 'typebox'
import type { Listing } from '../listing/listing.ts'

const SHOWN_FOR_MS = 7 * DAY_MS

/** `inner`: of the listing itself. `lookedAt`: when the last delivery was made, epoch ms. */
const isPosition = createGuard(Type.Object({ inner: Type.Unknown(), lookedAt: Type.Integer({ minimum: 0 }) }))

/** A listing that shows what changed in the last week and no more: a look after more than that is a gap. */
export const oneWeekShown = ({ name, look }: Listing, clock: Clock): Listing => ({
  name,
  look: (asked) => {
    const before = isPosition(asked.position) ? asked.position : null
    if (before !== null && clock.now() - before.lookedAt > SHOWN_FOR_MS)
      asked.gap('the last look was more than a week ago, and the platform shows no more')
    return look({
      ...asked,
      position: before?.inner ?? null,
      deliver: (found) => asked.deliver({ ...found, position: { inner: found.position, lookedAt: clock.now() } }),
    })
  },
})
