import type { Draws, TextPool } from '@outcry/testkit/made-texts'

const OPENERS = ['hi, ', 'hello ', 'so ', 'ok ', 'hey team ', 'please help: ', 'again: ', 'urgent. ']
const CLOSERS = [' thanks', ' please', ' any idea?', ' :(', ' help', ' asap', ' still waiting', ' pls', '!!']

/** Deals each given text once, in a drawn order, then again with small changes. */
export const dealtTexts = (
  draws: Draws,
  textsOf: ReadonlyMap<string, readonly string[]>,
  isComplaint: (issue: string) => boolean,
): TextPool => {
  const left = new Map([...textsOf].map(([issue, texts]) => [issue, draws.dealt(texts)]))
  const issues = [...textsOf.keys()].toSorted()
  return {
    issues,
    complaints: issues.filter(isComplaint),
    take: (issue) => left.get(issue)!.pop() ?? varied(draws, draws.pick(textsOf.get(issue)!)),
  }
}

const varied = (draws: Draws, text: string): string => {
  const opened = draws.uniform() < 0.5 ? draws.pick(OPENERS) + text.charAt(0).toLowerCase() + text.slice(1) : text
  const closed = draws.uniform() < 0.5 ? opened + draws.pick(CLOSERS) : opened
  if (draws.uniform() >= 0.3 || closed.length <= 12) return closed
  const at = 1 + draws.below(closed.length - 3)
  return closed.slice(0, at) + closed.charAt(at + 1) + closed.charAt(at) + closed.slice(at + 2)
}
