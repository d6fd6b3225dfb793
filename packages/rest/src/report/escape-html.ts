import { escapeHtml, plainText } from '@outcry/contracts'

/** Text in a page: on one line, of visible characters, and markup nowhere. */
export const htmlText = (text: string): string => escapeHtml(plainText(text)).replaceAll('`', '&#96;')
