/** A figure as people read it: a dash for none, counts as they are, three decimals below ten. */
export const shownFigure = (value: number | null | undefined): string =>
  value === null || value === undefined
    ? '-'
    : Number.isInteger(value)
      ? String(value)
      : Math.abs(value) >= 10
        ? value.toFixed(1)
        : value.toFixed(3)
