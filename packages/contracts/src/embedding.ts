/**
 * Turns texts into directions whose angles say how alike their meanings are. `model` names everything that the numbers
 * depend on: vectors are compared only under the same name.
 */
export type EmbeddingProvider = {
  readonly model: string
  /** One vector a text, in order, as the bus carries it: a signed byte a dimension, base64. */
  embed(texts: readonly string[]): Promise<string[]>
  close(): Promise<void>
}
