/** One statement's result, as `pg` gives it. */
export type SqlResult<Row> = { rows: Row[]; rowCount: number | null }

/** What adapters that live in the database are handed: a pool or a client inside a transaction. */
export type Sql = {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<SqlResult<Row>>
}

/** A pool that can also run a transaction and wait for notifications. Owned by `store`. */
export type SqlPool = Sql & {
  /** Runs `work` in one transaction; commits on return, rolls back on throw. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>
  /**
   * Calls back on every NOTIFY of `channel`, and once after each reconnection with an empty payload because
   * notifications may have been missed meanwhile. Returns a function that stops listening.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>
}
