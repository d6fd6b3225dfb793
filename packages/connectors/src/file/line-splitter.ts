const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** One line without its end. `bytes` is null for a line over the bound: its bytes were let go as they came. */
export type Line = { bytes: Buffer | null; line: number; nextOffset: number; complete: boolean }

/**
 * Cuts chunks into lines in bounded memory: at most `maxLineBytes` are ever held. Lines count from `startLine` + 1;
 * `nextOffset` is the byte after the line's end. A byte order mark at offset 0 is dropped, so is "\r" before "\n".
 */
export const createLineSplitter = (maxLineBytes: number, startLine = 0, startOffset = 0) => {
  let held: Buffer[] = []
  let heldBytes = 0
  let tooLong = false
  let line = startLine
  let offset = startOffset

  const hold = (piece: Buffer) => {
    offset += piece.length
    if (tooLong) return
    heldBytes += piece.length
    if (heldBytes > maxLineBytes) {
      tooLong = true
      held = []
    } else if (piece.length > 0) held.push(piece)
  }

  const finish = (complete: boolean): Line => {
    line += 1
    let bytes: Buffer | null = null
    if (!tooLong) {
      bytes = held.length === 1 ? held[0]! : Buffer.concat(held)
      if (bytes.at(-1) === CARRIAGE_RETURN) bytes = bytes.subarray(0, -1)
      if (line === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3)
    }
    held = []
    heldBytes = 0
    tooLong = false
    return { bytes, line, nextOffset: offset, complete }
  }

  return {
    push: (chunk: Uint8Array): Line[] => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      const lines: Line[] = []
      let from = 0
      for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
        hold(bytes.subarray(from, at))
        offset += 1
        lines.push(finish(true))
        from = at + 1
      }
      // A copy, because the reader may use its buffer again.
      if (from < bytes.length) hold(Buffer.from(bytes.subarray(from)))
      return lines
    },
    /** The last line where the input does not end with a newline. */
    end: (): Line[] => (heldBytes > 0 ? [finish(false)] : []),
  }
}
