/** One record to append. The partition is the caller's decision (`brand_partition`), never a hash of the key. */
export type AppendRecord = {
  partition: number
  /** Compaction and erasure go by it; a record without one stays for the whole retention. */
  key: string | null
  value: Uint8Array
  headers?: Record<string, string>
}

/** A record as it was stored. `position` rises within its partition, with holes where records were erased. */
export type StoredRecord = {
  topic: string
  partition: number
  position: number
  key: string | null
  value: Uint8Array
  headers: Record<string, string>
  /** When the bus took it, epoch ms; the same on every read. */
  appendedAt: number
}

export type TopicSpec = {
  name: string
  partitions: number
  retentionMs: number
  /** Key, value and headers together. Bytes. */
  maxRecordBytes: number
  /**
   * Keep only the newest record of a key: earlier ones leave the log at the earliest `afterMs` after it was appended,
   * and, while the topic is written to, at the latest `withinMs` after (on Kafka plus the turn of its log cleaner).
   */
  compact?: { afterMs: number; withinMs: number }
}

/**
 * What a consumer is told about one partition. A member's calls about one partition never overlap:
 * `assigned`, then any number of `records` and `gap`, then `revoked` once; then perhaps `assigned` again.
 * A call that throws ends the assignment (`revoked` follows) and it is tried again, later and later, up to 10 s.
 * Between members PostgreSQL lets the next one begin only after `revoked`; Kafka's group may hand a partition on while the
 * member before is still being told. What writes must be fenced by the epoch that `assigned` takes, on either.
 */
export type PartitionHandler = {
  /** Take the epoch here. Returns the position to read next. */
  assigned(partition: number): Promise<number>
  /**
   * Records in order, none twice within an assignment. Awaiting it is the back-pressure: nothing more of the partition
   * is read meanwhile. `next` is the position the log's next append will get, as known at the read:
   * lag = next - 1 - position of the last record.
   */
  records(partition: number, batch: StoredRecord[], next: number): Promise<void>
  /** The partition is let go; write nothing after it. */
  revoked(partition: number): Promise<void>
  /** `wanted` has left the log (or the log was replaced by a shorter one); reading goes on at `first`. */
  gap(partition: number, wanted: number, first: number): Promise<void>
}

export type Consumer = {
  /** Partitions assigned now, ascending. */
  owned(): number[]
  /** Finishes the calls in flight, lets every partition go, and leaves the group. Safe twice. */
  stop(): Promise<void>
  /** Rejects with an OutcryError when consuming can never go on in this process. Never resolves. */
  failed: Promise<never>
}

export type ConsumeOptions = {
  topic: string
  /** Members of one group share the partitions of the topic. */
  group: string
  handler: PartitionHandler
  /** Most records of one `records` call; 500 where absent. Its bytes are bounded too (about 4 MiB). */
  maxBatchRecords?: number
}

/**
 * A partitioned log with two drivers. Delivery is at least once: an append that failed may have been stored.
 *
 * Errors are OutcryErrors: BUS_UNREACHABLE (retry), BUS_OVERLOADED (retry later), BUS_RECORD_REFUSED (dead-letter the
 * records it names), BUS_TOPIC_MISSING, BUS_CLOSED.
 */
export type Bus = {
  /** Creates what is missing and adds partitions where there are fewer; never removes any. */
  ensureTopics(specs: TopicSpec[]): Promise<void>
  partitionCount(topic: string): Promise<number>
  /** Resolves when the records are durable, with their places in the order given. Refuses all of them, or none. */
  append(topic: string, records: AppendRecord[]): Promise<{ partition: number; position: number }[]>
  /** `first`: oldest position still in the log; `next`: the position the next append will get. */
  bounds(topic: string, partition: number): Promise<{ first: number; next: number }>
  /** The longest time that a record stays after its key came again, as the topic is set up at present; ms. */
  supersededWithinMs(topic: string): Promise<number>
  /** The bounds of every partition, ascending, in one question. */
  allBounds(topic: string): Promise<{ partition: number; first: number; next: number }[]>
  consume(options: ConsumeOptions): Promise<Consumer>
  /** Throws an OutcryError that says what to fix when the bus cannot be used. Bounded in time. */
  check(): Promise<void>
  /** Stops every consumer, waits for appends in flight, disconnects. Safe twice. */
  close(): Promise<void>
}
