import { createMentionReader, type InputRow, type ReadOptions } from './mention-reader.ts'

/** Mentions and faults of a stream of bytes, as `createMentionReader` gives them; also throws what `stream` throws. */
export const readMentions = async function* (
  stream: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<InputRow> {
  const reader = createMentionReader(options)
  for await (const chunk of stream) yield* reader.push(chunk)
  yield* reader.end()
}
