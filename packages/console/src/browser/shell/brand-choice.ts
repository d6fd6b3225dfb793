import { createStore } from '../kit/store.ts'

/** The brand that the page is about; empty for all. */
export const brandChoice = createStore('')
/** As it goes behind a query. */
export const brandQueryOf = (brand: string): string => (brand === '' ? '' : `&brand=${encodeURIComponent(brand)}`)
