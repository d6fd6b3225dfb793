export { createApi, type Api, type ApiOptions } from './api.ts'
export type { ApplyCommand } from './commands.ts'
export { createHealthPort } from './health-port.ts'
