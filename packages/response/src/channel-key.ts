import { plainText } from '@outcry/contracts'

/** What names of one channel have in common: "X" is "x ". */
export const channelKey = (channel: string): string => plainText(channel).normalize('NFKC').toLowerCase()
