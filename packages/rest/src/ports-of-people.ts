import type { Act } from './ports-of-writes.ts'

/** People who use Outcry. `forget` answers how many rows named the person, by table. */
export type PeoplePort = { forget(name: string, act: Act): Promise<Record<string, number>> }
