/** The address where it is http(s) and short enough to keep, else undefined: others may run code when opened. */
export const cleanUrl = (url: string | undefined, maxChars = 2_048): string | undefined =>
  url !== undefined && url.length <= maxChars && /^https?:\/\/[^\s<>"']+$/i.test(url) ? url : undefined
