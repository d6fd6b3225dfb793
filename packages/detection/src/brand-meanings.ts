import type { DetectionSettings, EmbeddingRecord, Mention } from '@outcry/contracts'
import type { Effect } from './effect.ts'
import { MeaningAsks } from './meaning-asks.ts'
import { Meanings } from './meanings.ts'
import type { Packed } from './packed.ts'
import type { Scorer } from './read-mention.ts'
import { MAY_START, type Meant } from './scan.ts'
import type { Placed, SlotTable } from './slot-table.ts'
import { signedBytes } from './signed-bytes.ts'

/** A sentence model reads no further. */
const MAX_ASKED_CHARS = 1_000

/** What posts of one brand mean, where the settings name a model: asking, hearing, and keeping it by slot. */
export class BrandMeanings {
  readonly #brand: string
  readonly #scorer: Scorer
  #asks = new MeaningAsks()
  #known = new Meanings()

  constructor(brand: string, scorer: Scorer) {
    this.#brand = brand
    this.#scorer = scorer
  }

  /** What another model said cannot be compared. */
  configure(before: DetectionSettings, after: DetectionSettings): void {
    if (before.embedding?.model === after.embedding?.model) return
    this.#asks = new MeaningAsks()
    this.#known = new Meanings()
  }

  /** Asks about a held mention where that may change a decision: it may start a scan. */
  askAbout(mention: Mention, backfill: boolean, clock: number, { embedding }: DetectionSettings): Effect[] {
    if (!embedding || backfill || mention.repostOf !== undefined) return []
    if (this.#scorer.score(mention).complaint < MAY_START) return []
    if (!this.#asks.ask(mention, clock, embedding.perMinute)) return []
    const { id: mentionId, rev, eventTime, title, text } = mention
    const whole = (title ? `${title}. ${text}` : text).slice(0, MAX_ASKED_CHARS)
    return [{ type: 'embed', brand: this.#brand, mentionId, rev, eventTime, model: embedding.model, text: whole }]
  }

  /** Nothing where another model is asked now, or the mention's turn has come. */
  hear({ mentionId, rev, model, vector }: EmbeddingRecord, { embedding }: DetectionSettings): void {
    if (model === embedding?.model && vector !== '') this.#asks.answer({ id: mentionId, rev }, signedBytes(vector))
  }

  /** A held mention was deleted. */
  forget(mention: Mention): void {
    this.#asks.take(mention)
  }

  /** What is known of a mention that is taken now, at this place if it has one; undefined where words must do. */
  place(mention: Mention, placed: Placed | undefined, table: SlotTable): Meant | undefined {
    const slot = placed && placed.slot >= 0 ? placed.slot : undefined
    const own = this.#known.keep(this.#asks.take(mention), slot, table)
    return own && { meanings: this.#known, own }
  }

  /** Of the slots that are in use. */
  pack(used: readonly { slot: number }[]): Packed {
    return { asks: this.#asks.pack(), known: this.#known.pack(used) }
  }

  unpack(packed: Packed): void {
    const { asks, known } = packed as Record<string, Packed>
    this.#asks = MeaningAsks.unpack(asks!)
    this.#known = Meanings.unpack(known!)
  }
}
