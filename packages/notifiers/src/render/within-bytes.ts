/** The first body of at most `maxBytes` UTF-8 bytes, from the fullest to the barest; the barest where none fits. */
export const withinBytes = (maxBytes: number, bodies: Iterable<unknown>): string => {
  let text = ''
  for (const body of bodies) {
    text = JSON.stringify(body)
    if (Buffer.byteLength(text) <= maxBytes) return text
  }
  return text
}
