import { fieldsOf, isoTimeOf, itemsOf, numberOf, secondsTimeOf } from '../fields.ts'

/** Numbers above are milliseconds. */
const LARGEST_SECONDS = 1e11

/** Epoch ms of a time that Meta writes as ISO 8601 or as epoch seconds, in some webhooks as milliseconds. */
export const graphTimeOf = (value: unknown): number | undefined => {
  const number = numberOf(value)
  if (number === undefined) return isoTimeOf(value)
  return secondsTimeOf(number > LARGEST_SECONDS ? number / 1_000 : number)
}

/** What stands at an edge inside of an object: `comments: { data: [...] }`. */
export const edgeOf = (value: unknown): readonly unknown[] => itemsOf(fieldsOf(value)?.['data'])

/** Nodes that were asked for together stand by their ids; undefined where the value is not of that form. */
export const nodesById = (value: unknown): readonly unknown[] | undefined => {
  const entries = Object.entries(fieldsOf(value) ?? {})
  const areNodes = entries.length > 0 && entries.every(([id, node]) => fieldsOf(node)?.['id'] === id)
  return areNodes ? entries.map(([, node]) => node) : undefined
}
