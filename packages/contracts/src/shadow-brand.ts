/** A drill counts under a brand of its own, `B#drill-id`; no id that people may give a brand holds the mark. */
const SHADOW_MARK = '#'

/** The watched brand behind a drill's shadow brand; any other brand is its own. */
export const watchedBrand = (brand: string): string => brand.split(SHADOW_MARK, 1)[0] ?? brand

/** Whether it is the shadow brand of a drill. */
export const isDrill = (brand: string): boolean => brand.includes(SHADOW_MARK)
