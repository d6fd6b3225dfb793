export { loadConsole, type ConsoleAsset } from './load-console.ts'
export type { Views } from './browser/views/views.ts'
