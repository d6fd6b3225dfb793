import { fold } from './fold.ts'

/** Letters, digits and marks, save those of scripts that set no space between words. */
const OF_WORD =
  '[[\\p{L}\\p{N}\\p{M}]--[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]]'
const BEGINS = new RegExp(`^${OF_WORD}`, 'v')
const ENDS = new RegExp(`${OF_WORD}$`, 'v')

/** Whether a folded text holds the words whole: "AI" is not in "again". */
export const holdsWords = (folded: string, words: string): boolean => {
  const sought = fold(words)
  if (sought === '') return false
  for (let at = folded.indexOf(sought); at !== -1; at = folded.indexOf(sought, at + 1)) {
    const before = folded.slice(Math.max(0, at - 2), at)
    const after = folded.slice(at + sought.length)
    if (!joins(before, sought) && !joins(sought, after)) return true
  }
  return false
}

const joins = (before: string, after: string): boolean => ENDS.test(before) && BEGINS.test(after)
