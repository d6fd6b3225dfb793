import { fold } from './fold.ts'
import type { StatementLanguage } from '@outcry/contracts'
import { CLOCK_WORDS, LASTING } from './phrases/clock-words.ts'

/**
 * Whether a text says a time on the clock of the zone in a usual spelling of the language: 14:00, 14.00, 2 PM, 14 Uhr,
 * 14h00. Which day is meant is not looked at.
 */
export const saysTime = (text: string, ms: number, language: StatementLanguage, timeZone: string): boolean => {
  const { hour, minute } = clockOf(ms, timeZone)
  const { between, after, before, halves, midnight, noon } = CLOCK_WORDS[language]
  const [half, otherHalf] = hour < 12 ? halves : [halves[1], halves[0]]
  const minutes = ` ?(?:[:.]|${between}) ?${String(minute).padStart(2, '0')}(?!\\d)`
  const full = minute === 0
  // "2:00 PM" is not 02:00.
  const here = `(?! ?${otherHalf})`
  const spellings = [
    `0?${hour}${minutes}${here}`,
    `0?${hour % 12 || 12}${full ? `(?:${minutes})?` : minutes} ?${half}`,
    ...(full ? fullHours(hour, after, before).map((spelling) => `${spelling}${here}`) : []),
    ...(full && hour === 0 ? [`(?<!\\p{L})(?:${midnight})(?!\\p{L})`] : []),
    ...(full && hour === 12 ? [`(?<!\\p{L})(?:${noon})(?!\\p{L})`] : []),
  ]
  return new RegExp(`(?<![\\d:.,])(?:${spellings.join('|')})`, 'u').test(fold(text))
}

const fullHours = (hour: number, after: string, before?: string): string[] => [
  `(?<!(?<!\\p{L})(?:${LASTING}) )0?${hour} ?(?:${after})(?!\\p{L}| ?\\d)`,
  ...(before === undefined
    ? []
    : [`(?<!\\p{L})(?:${before}) 0?${hour}(?!\\d|[:.h]\\d| ?h| [ey] (?:\\d|me|[cq]u|un ))`]),
]

const clockOf = (ms: number, timeZone: string): { hour: number; minute: number } => {
  const options = { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const
  const parts = new Intl.DateTimeFormat('en', options).formatToParts(ms)
  const numberOf = (name: string) => Number(parts.find(({ type }) => type === name)?.value)
  return { hour: numberOf('hour'), minute: numberOf('minute') }
}
