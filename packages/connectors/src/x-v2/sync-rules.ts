import { PlatformRefusal } from '../http/platform-error.ts'
import { fieldsOf, itemsOf, textOf } from '../fields.ts'
import type { StreamRule, XClient } from './x-client.ts'

/** `ids`: rules whose posts are ours, under whichever tag. `refused`: what X says of rules that it does not take. */
export type SyncedRules = { ids: ReadonlySet<string>; refused: readonly string[] }

/**
 * Brings the rules of the stream in line with the configuration: adds those that are missing, and deletes those that
 * were added under the tag of this source before and are configured no more. Rules of others stay; one of the same
 * text serves for ours, because X takes a text once.
 */
export const syncRules = async (
  client: Pick<XClient, 'rules' | 'changeRules'>,
  { source, rules }: { source: string; rules: readonly string[] },
  signal: AbortSignal,
): Promise<SyncedRules> => {
  const tag = `outcry:${source}`
  const wanted = [...new Set(rules.map((rule) => rule.trim()))]
  const before = await client.rules(signal)
  const stale = before.filter((rule) => rule.tag === tag && !wanted.includes(rule.value))
  const missing = wanted.filter((value) => !before.some((rule) => rule.value === value))
  // The old first: how many rules an app may have is limited.
  if (stale.length > 0) await client.changeRules({ delete: { ids: stale.map(({ id }) => id) } }, signal)
  if (missing.length === 0) return { ids: idsOf(before, wanted), refused: [] }
  const answer = await client.changeRules({ add: missing.map((value) => ({ value, tag })) }, signal)
  const ids = idsOf(await client.rules(signal), wanted)
  const refused = refusedIn(answer)
  if (ids.size === 0) throw new PlatformRefusal(400, `no rule is taken: ${refused[0] ?? 'X does not say why'}`)
  return { ids, refused }
}

const idsOf = (rules: readonly StreamRule[], wanted: readonly string[]): ReadonlySet<string> =>
  new Set(rules.filter(({ value }) => wanted.includes(value)).map(({ id }) => id))

/** A rule that is there already was added by a try whose answer was lost. */
const refusedIn = (answer: Readonly<Record<string, unknown>>): string[] =>
  itemsOf(answer['errors']).flatMap((value) => {
    const error = fieldsOf(value)
    if (error === undefined || error['title'] === 'DuplicateRule') return []
    const details = textOf(itemsOf(error['details'])[0]) ?? textOf(error['detail']) ?? textOf(error['title'])
    return [`rule ${textOf(error['value']) ?? ''} is not taken: ${details ?? 'X does not say why'}`]
  })
