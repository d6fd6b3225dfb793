/**
 * Key of the record of a mention: the mention as one brand has it. Two brands of one partition each keep their own, and
 * what the platform deletes later comes under the same key.
 */
export const mentionKey = (brand: string, mentionId: string): string => `${brand}\n${mentionId}`
