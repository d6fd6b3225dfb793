/** A drill counts under a brand of its own, `B#drill-id`; no id that people may give a brand holds the mark. */
const MARK = '#'
/** What follows the watched brand in a shadow brand's name, before the id of the drill. */
export const SHADOW_MARK = `${MARK}drill-`

/** The watched brand behind a drill's shadow brand; any other brand is its own. */
export const watchedBrand = (brand: string): string => brand.split(MARK, 1)[0] ?? brand

/** Whether it is the shadow brand of a drill. */
export const isDrill = (brand: string): boolean => brand.includes(MARK)
