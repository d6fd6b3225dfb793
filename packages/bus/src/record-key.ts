/**
 * Key of the record of a mention: the mention as one brand has it. Two brands of one partition each keep their own, and
 * what the platform deletes later comes under the same key.
 */
export const mentionKey = (brand: string, mentionId: string): string => `${brand}\n${mentionId}`

/** Key of what a model made of that mention: its next revision takes the place of it, and what forgets it does too. */
export const embeddingKey = (brand: string, mentionId: string): string => `${mentionKey(brand, mentionId)}\nembedding`
