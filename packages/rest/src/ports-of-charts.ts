import type { ChartLink } from '@outcry/runtime'

/** Whether this installation signed the link to a chart. */
export type ChartPort = { signed(link: ChartLink, signature: string): Promise<boolean> }
