import type { HeartbeatRecord } from '@outcry/contracts'
import type { Packed } from './packed.ts'

type SourceClock = { state: HeartbeatRecord['state']; sourceTime: number }

/** Up to when each source of a brand has delivered. The brand's clock is the largest of its live sources: it never waits. */
export class SourceClocks {
  #sources = new Map<string, SourceClock>()
  #clock = 0

  get clock(): number {
    return this.#clock
  }

  get allLive(): boolean {
    for (const { state } of this.#sources.values()) if (state !== 'live') return false
    return true
  }

  /** True when the brand's clock moved. */
  beat(source: string, state: HeartbeatRecord['state'], sourceTime: number): boolean {
    const known = this.#sources.get(source)
    this.#sources.set(source, { state, sourceTime: Math.max(sourceTime, known?.sourceTime ?? 0) })
    if (state !== 'live' || sourceTime <= this.#clock) return false
    this.#clock = sourceTime
    return true
  }

  pack(): Packed {
    return {
      clock: this.#clock,
      sources: [...this.#sources].map(([source, clock]) => [source, clock.state, clock.sourceTime]),
    }
  }

  static unpack(packed: Packed): SourceClocks {
    const fields = packed as Record<string, Packed>
    const made = new SourceClocks()
    made.#clock = fields.clock as number
    for (const [source, state, sourceTime] of fields.sources as Packed[][]) {
      made.#sources.set(source as string, { state: state as SourceClock['state'], sourceTime: sourceTime as number })
    }
    return made
  }
}
