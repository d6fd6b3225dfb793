import type { StatementLanguage } from '@outcry/contracts'

/** How a language tells the time, as parts of a pattern over small letters. */
export type ClockWords = {
  /** Between hour and minute: "14 Uhr 30". */
  between: string
  /** After a full hour: "14 Uhr". */
  after: string
  /** Before a full hour that stands alone: "alle 14". */
  before?: string
  /** After an hour of twelve: before noon, and from then on. */
  halves: readonly [string, string]
  midnight: string
  noon: string
}

export const CLOCK_WORDS: Readonly<Record<StatementLanguage, ClockWords>> = {
  en: {
    between: 'h',
    after: 'h',
    halves: [
      '(?:o.clock )?(?:a\\.? ?m\\b|in the morning)',
      '(?:o.clock )?(?:p\\.? ?m\\b|in the (?:afternoon|evening)|at night|tonight)',
    ],
    midnight: 'midnight',
    noon: 'noon|midday',
  },
  de: {
    between: 'uhr|h',
    after: 'uhr|h',
    halves: [
      '(?:uhr )?(?:morgens|früh|vormittags|nachts|am (?:morgen|vormittag))',
      '(?:uhr )?(?:mittags|nachmittags|abends|nachts|am (?:nachmittag|abend))',
    ],
    midnight: 'mitternacht',
    noon: 'mittags?',
  },
  fr: {
    between: 'h(?:eures?)?',
    after: 'h(?:eures?)?',
    halves: ['(?:h(?:eures?)? )?du matin', '(?:h(?:eures?)? )?(?:de l.apr[eè]s-midi|du soir)'],
    midnight: 'minuit',
    noon: '(?<!apr[eè]s-)midi',
  },
  es: {
    between: 'h',
    after: 'h(?:oras?|rs)?',
    before: 'las?',
    halves: ['(?:a\\. ?m\\b|am\\b|de la (?:mañana|madrugada))', '(?:p\\. ?m\\b|pm\\b|de la (?:tarde|noche))'],
    midnight: 'medianoche',
    noon: 'mediod[ií]a',
  },
  it: {
    between: 'h|e',
    after: 'h',
    before: 'ore|alle|le',
    halves: ['(?:del mattino|di mattina|di notte)', '(?:del pomeriggio|di (?:pomeriggio|sera))'],
    midnight: 'mezzanotte',
    noon: 'mezzogiorno',
  },
  nl: {
    between: 'uur|u|h',
    after: 'uur|u|h',
    halves: ['(?:uur )?.s (?:ochtends|morgens|nachts)', '(?:uur )?.s (?:middags|avonds)'],
    midnight: 'middernacht',
    noon: 'middaguur',
  },
  pt: {
    between: 'h',
    after: 'h(?:oras?)?',
    before: '[àa]s',
    halves: ['(?:h(?:oras?)? )?da (?:manhã|madrugada)', '(?:h(?:oras?)? )?da (?:tarde|noite)'],
    midnight: 'meia-noite',
    noon: 'meio-dia',
  },
}

/** Before an hour that is none on the clock, but how long it takes: "in 5 h". */
export const LASTING =
  'in|within|for|after|another|innerhalb von|binnen|seit|noch|dans|pendant|depuis|en|durante|tra|fra|entro|per|over|nog|em|dentro de|daqui a'
