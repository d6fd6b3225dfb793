import type { Mute } from '@outcry/contracts'
import type { BrandScope } from './ports-of-lists.ts'
import type { Act } from './ports-of-writes.ts'

/** Mutes of the configured brands. `add`: null where the brand has too many; `end`: null where it is over already. */
export type MutePort = {
  brands(): readonly string[]
  /** Ids of the issue types that an issue may have. */
  issueTypes(): readonly string[]
  list(scope: BrandScope): Promise<Mute[]>
  get(id: string): Promise<Mute | null>
  add(wish: Omit<Mute, 'id' | 'createdAt'>, act: Act): Promise<Mute | null>
  end(id: string, act: Act): Promise<Mute | null>
}
