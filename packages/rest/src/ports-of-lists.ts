/** Brands a caller may see; null is all of them. A drill's shadow brand `B#drill` belongs to `B`. */
export type BrandScope = readonly string[] | null

/** Where a page ended: the sort key of its last row. `at` is epoch ms. */
export type PageKey = { at: number; id: string }

/** At most `limit` rows, and the key to go on after, or null where nothing follows. */
export type Page<Row> = { rows: Row[]; next: PageKey | null }

export type PageRequest = { after: PageKey | null; limit: number }
