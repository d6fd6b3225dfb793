const SMALLEST = 64

// Shared between counts: counting is synchronous, and a set per count would cost more than the counting.
let table = new Float64Array(SMALLEST)

/** How many different `values` the first `size` of `items` point at; values are exact integers from 0. */
export const distinctCount = (items: Int32Array, size: number, values: Float64Array): number => {
  if (size < 2) return size
  let room = SMALLEST
  while (room < 2 * size) room *= 2
  if (table.length < room) table = new Float64Array(room)
  table.fill(-1, 0, room)
  const mask = room - 1
  let distinct = 0
  for (let item = 0; item < size; item++) {
    const value = values[items[item]!]!
    let at = (value % 4_294_967_296) & mask
    while (table[at] !== -1 && table[at] !== value) at = (at + 1) & mask
    if (table[at] === value) continue
    table[at] = value
    distinct++
  }
  return distinct
}
