type Label = { x: number; width: number }
/** Where a label begins, and in which row from the top. */
type Placed = { x: number; row: number }

const GAP = 6

/**
 * Places the labels of upright lines, given from left to right, so that none lies over another and none is cut off: beside
 * its line, moved left at the right edge, in the first row with room. Null where no row has room.
 */
export const placeLabels = (
  labels: readonly Label[],
  { left, right, rows }: { left: number; right: number; rows: number },
): (Placed | null)[] => {
  const ends = Array.from({ length: rows }, () => -Infinity)
  return labels.map(({ x, width }) => {
    const begin = Math.max(left, Math.min(x + GAP, right - width))
    const row = ends.findIndex((end) => end + GAP <= begin)
    if (row === -1) return null
    ends[row] = begin + width
    return { x: begin, row }
  })
}
