import { EVERY_OTHER_TYPE, QUEUE_FACTS, TEMPLATE_FACTS, didYouMean, valueAt } from '@outcry/contracts'
import { type ConfigPath, isRecord, type PathFault } from './config-path.ts'

/** What a playbook may refer to; `issueTypes` is absent where they are not known. */
export type PlaybookPlaces = { issueTypes?: readonly string[] | undefined; targets: readonly string[] }

/**
 * Faults of a playbook that no single field shows: a type or target that is not there, a placeholder that is never
 * filled in, words that recognise nothing. Looks at whatever is there.
 */
export const playbookFaults = (playbook: unknown, at: ConfigPath, known: PlaybookPlaces): PathFault[] => [
  ...unknownType(playbook, at, known),
  ...unknownStepTargets(valueAt(playbook, ['escalation']), [...at, 'escalation'], known.targets),
  ...unknownFacts(valueAt(playbook, ['queue']), [...at, 'queue'], QUEUE_FACTS),
  ...entriesOf(valueAt(playbook, ['templates'])).flatMap(([kind, texts]) =>
    entriesOf(texts).flatMap(([language, text]) =>
      unknownFacts(text, [...at, 'templates', kind, language], TEMPLATE_FACTS),
    ),
  ),
  ...recognisingNothing(playbook, at),
]

/** Steps of an escalation that would reach nobody. */
export const unknownStepTargets = (steps: unknown, at: ConfigPath, known: readonly string[]): PathFault[] =>
  listOf(steps).flatMap((step, index) =>
    listOf(valueAt(step, ['targets'])).flatMap((target, place) =>
      typeof target !== 'string' || known.includes(target)
        ? []
        : [unknownTarget([...at, index, 'targets', place], target, known)],
    ),
  )

export const unknownTarget = (at: ConfigPath, target: string, known: readonly string[]): PathFault => ({
  at,
  value: JSON.stringify(target),
  message: 'no target has this name',
  fix: didYouMean(target, known),
})

/** A playbook for a type that no issue ever has would never be followed. */
const unknownType = (playbook: unknown, at: ConfigPath, { issueTypes }: PlaybookPlaces): PathFault[] => {
  const type = valueAt(playbook, ['issueType'])
  if (typeof type !== 'string' || type === EVERY_OTHER_TYPE || issueTypes === undefined || issueTypes.includes(type))
    return []
  const fix = didYouMean(type, issueTypes)
  return [{ at: [...at, 'issueType'], value: JSON.stringify(type), message: 'no issue type has this id', fix }]
}

const unknownFacts = (text: unknown, at: ConfigPath, known: readonly string[]): PathFault[] =>
  typeof text !== 'string'
    ? []
    : [...text.matchAll(/\{(\w+)\}/g)].flatMap(([whole, name]) =>
        known.includes(name!)
          ? []
          : [{ at, value: JSON.stringify(whole), message: 'is never filled in', fix: didYouMean(name!, known) }],
      )

/** What is no type of its own cannot be proposed. */
const recognisingNothing = (playbook: unknown, at: ConfigPath): PathFault[] =>
  valueAt(playbook, ['issueType']) !== EVERY_OTHER_TYPE
    ? []
    : ['terms', 'examples'].flatMap((field) =>
        listOf(valueAt(playbook, [field])).length === 0
          ? []
          : [
              {
                at: [...at, field],
                message: 'recognise no type, because the playbook is of every other',
                fix: 'Move them to the playbook of a type.',
              },
            ],
      )

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const entriesOf = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : [])
