/**
 * Sentences to make training texts from. `{a|b}` chooses, `{name}` fills in a slot, both may nest; slots hold
 * alternatives parted by `|`.
 */
export type Templates = {
  readonly slots: Readonly<Record<string, string>>
  readonly complaints: readonly string[]
  readonly calm: readonly string[]
}

const INNERMOST = /\{([^{}]*)\}/

/** One sentence of a template. `random` gives numbers from 0 up to 1. */
export function expand(template: string, slots: Templates['slots'], random: () => number): string {
  let text = template
  for (let found = INNERMOST.exec(text); found; found = INNERMOST.exec(text)) {
    const alternatives = (slots[found[1]!] ?? found[1]!).split('|')
    const chosen = alternatives[Math.floor(random() * alternatives.length)]!
    text = text.slice(0, found.index) + chosen + text.slice(found.index + found[0].length)
  }
  return text
}
