export { type Draws, seededDraws } from './seeded-draws.ts'
export { COMPLAINT_ISSUES, PLAIN_ISSUES } from './template-book.ts'
export { TEMPLATE_LANGUAGES, templateBrands } from './template-texts.ts'
export type { TextPool } from './text-pool.ts'
