export { loadConsole, type ConsoleAsset } from './load-console.ts'
