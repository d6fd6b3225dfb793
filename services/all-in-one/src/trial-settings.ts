import type { EnvOverride } from '@outcry/runtime'
import type { Command } from 'commander'

/** Settings that a command tries without a change of the configuration: by option, where they stand there. */
const TRIALS = [
  ['--pages-per-week <n>', ['alerting', 'pagesPerWeek'], 'try another page budget'],
  ['--min-people <n>', ['detection', 'minPeople'], 'try another least number of people of a burst'],
  [
    '--false-alarm-probability <p>',
    ['detection', 'falseAlarmProbability'],
    'try another tail probability below which a burst opens an issue',
  ],
  [
    '--complaint-threshold <score>',
    ['detection', 'complaintThreshold'],
    'try another score from which a mention is a complaint',
  ],
] as const

const NUMBER = /^-?\d+(\.\d+)?(e-?\d+)?$/i

/** Adds the options. They are checked where the configuration is: by its schema, with its messages. */
export const addTrialOptions = (command: Command): Command => {
  for (const [flags, , description] of TRIALS) command.option(flags, description, numberOrText)
  return command
}

/** What the given options say in place of the configuration. */
export const trialOverrides = (command: Command): EnvOverride[] =>
  TRIALS.flatMap(([flags, at]) => {
    const option = command.options.find((each) => each.flags === flags)
    const value: unknown = option && command.getOptionValue(option.attributeName())
    return value === undefined ? [] : [{ at: [...at], variable: flags.split(' ')[0]!, value }]
  })

/** What is no number stays text, for the schema to refuse it with the field and the fix. */
const numberOrText = (text: string): number | string => (NUMBER.test(text.trim()) ? Number(text) : text)
