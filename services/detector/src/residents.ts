import type { BrandMove } from '@outcry/store'

/** Where a record of a brand counts: in this partition, in another one, or nowhere any more. */
export type Residence = 'here' | 'elsewhere' | 'past'

/** Which brands have left a partition, and since which record of it. */
export type Residents = {
  /**
   * `past`: the brand has left since; its state is elsewhere, so nothing is rebuilt from it. `elsewhere`: it came after
   * the brand had left, from a writer that did not know yet.
   */
  of(brand: string, position: number): Residence
  left(brand: string, position: number): void
  arrived(brand: string): void
}

/** `moves` are those from and to the partition, in their order. */
export const createResidents = (partition: number, moves: readonly BrandMove[]): Residents => {
  const gone = new Map<string, number>()
  for (const { brand, from, to, outPosition, state } of moves) {
    if (from === partition && outPosition !== null) gone.set(brand, outPosition)
    if (to === partition && state === 'done') gone.delete(brand)
  }
  return {
    of: (brand, position) => {
      const since = gone.get(brand)
      return since === undefined ? 'here' : position > since ? 'elsewhere' : 'past'
    },
    left: (brand, position) => void gone.set(brand, position),
    arrived: (brand) => void gone.delete(brand),
  }
}
