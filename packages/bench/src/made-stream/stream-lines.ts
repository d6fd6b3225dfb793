import { isoTime } from '@outcry/contracts'
import type { MadeStream } from './made-stream.ts'

const LINES_A_CHUNK = 500

/** The posts as the bytes of stream.jsonl, the input of `outcry backtest`. */
export async function* streamLines(stream: MadeStream): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < stream.posts.length; from += LINES_A_CHUNK) {
    const lines = stream.posts.slice(from, from + LINES_A_CHUNK).map(({ id, brand, text, at, author }) => {
      const line = { id, brand, source: 'made', text, createdAt: isoTime(at), author: { id: author } }
      return `${JSON.stringify(line)}\n`
    })
    yield Buffer.from(lines.join(''))
  }
}
