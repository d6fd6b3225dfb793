import type { StatementLanguage } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesOf } from './fill-template.ts'
import { saysTime } from './says-time.ts'

const LANGUAGES: StatementLanguage[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 29, hour, minute)
const says = (text: string, language: StatementLanguage, ms: number) => saysTime(text, ms, language, 'UTC')

const SAID: Record<StatementLanguage, [ms: number, right: string[], wrong: string[]][]> = {
  en: [
    [
      at(14),
      ['by 14:00', 'by 2 PM', 'by 2pm.', 'at 2:00 p.m.', 'at 02:00 PM UTC', "2 o'clock in the afternoon", '14h00'],
      ['at two', 'by 2:00 AM', 'in 14 h', 'within 14 hours', 'by 14:30', 'by 12 PM', 'for £14.', '114:00', '14:001'],
    ],
    [at(14, 30), ['by 14:30', 'by 2:30 PM', 'by 2.30 pm'], ['by 2 PM', 'by 14:3', 'by 2:30 AM', 'by 2:30']],
    [at(2), ['by 2:00', 'by 02:00', 'by 2 AM', 'by 2am'], ['by 2 PM', 'by 2:00 PM', 'by 12:00']],
    [at(12), ['by noon', 'at midday', 'by 12 PM', '12:00'], ['this afternoon', 'by 12 AM']],
    [at(0), ['by midnight', 'by 12 AM', '00:00', '12:00 a.m.'], ['by noon', '12:00 PM']],
  ],
  de: [
    [
      at(14),
      ['bis 14 Uhr', 'gegen 14:00 Uhr', 'um 14.00 Uhr', '14h', 'um 2 Uhr nachmittags', '14 Uhr 00'],
      ['um 2 Uhr', '14 Uhr 30', 'am 14. November', 'in 14 h', 'um 2 Uhr morgens'],
    ],
    [at(14, 30), ['14:30', '14.30 Uhr', '14 Uhr 30'], ['14 Uhr', '14:00']],
    [at(12), ['bis Mittag', '12 Uhr'], ['am Nachmittag']],
    [at(0), ['um Mitternacht', '0 Uhr', '0:00 Uhr'], ['10 Uhr']],
  ],
  fr: [
    [
      at(14),
      ['à 14h00', 'vers 14 h', 'à 14 h 00', 'à 14\u202fh', 'à 14:00', '2 heures de l’après-midi'],
      ['à 14h30', 'dans 14 h', 'le 14 novembre', '2 heures du matin', 'cet après-midi'],
    ],
    [at(9, 5), ['à 9h05', '09:05', '9 h 05'], ['9 h', '19h05']],
    [at(12), ['à midi'], ['cet après-midi']],
  ],
  es: [
    [
      at(14),
      ['a las 14', 'antes de las 14:00', 'a las 2 de la tarde', 'a las 2:00 p. m.', '14 h', 'las 14 horas'],
      ['en 14 horas', 'a las 2', 'a las 14:30', 'a las 14 y media', 'el 14 de noviembre'],
    ],
    [at(1), ['a la 1', 'a la 1 de la madrugada'], ['a la 1 de la tarde', 'a las 11']],
  ],
  it: [
    [
      at(14),
      ['alle 14', 'entro le 14', 'alle ore 14', 'alle 14.00', 'alle 2 del pomeriggio', 'alle 14 e vi diremo'],
      ['entro 14 ore', 'alle 14.30', 'alle 14 e mezza', 'alle 2', 'il 14 novembre', 'alle 2 di notte'],
    ],
    [at(14, 30), ['alle 14:30', 'alle 14.30', 'alle 14 e 30'], ['alle 14']],
  ],
  nl: [
    [
      at(14),
      ['om 14 uur', 'om 14.00 uur', 'vóór 14:00', '14u00', "om 2 uur 's middags", '14u'],
      ['over 14 uur', 'om 14.30 uur', "om 2 uur 's nachts", 'op 14 november'],
    ],
  ],
  pt: [
    [
      at(14),
      ['às 14h', 'até às 14', 'até 14:00', 'às 14h00', 'às 2 da tarde', '14 horas'],
      ['em 14 horas', 'às 14h30', 'às 2 da manhã', '14 de novembro'],
    ],
  ],
}

describe('a time in a text', () => {
  it.each(LANGUAGES)('is found in %s in its usual spellings, and in no other time, date or span', (language) => {
    for (const [ms, right, wrong] of SAID[language]) {
      expect(right.filter((text) => !says(text, language, ms))).toEqual([])
      expect(wrong.filter((text) => says(text, language, ms))).toEqual([])
    }
  })

  it('is found in every language and zone as a draft prints it, at any time', () => {
    const numbers = { since: 0, people: 0, observed: 0, windowMs: 1, expected: 0 }
    const known = { brandName: '', label: '', ...numbers, platforms: [], isRumour: false }
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia')
    const time = fc.integer({ min: at(0), max: at(0) + 366 * 86_400_000 })
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), zone, time, (language, timeZone, eta) => {
        const printed = (['whole', 'short'] as const).map((times) =>
          valuesOf({ language, facts: { eta }, known, playbook: null, timeZone }, times).get('eta')!,
        )
        expect(printed.filter((text) => !saysTime(text, eta, language, timeZone))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('is told in the zone of the company', () => {
    expect(saysTime('bis 15 Uhr', at(14), 'de', 'Europe/Berlin')).toBe(true)
    expect(saysTime('bis 14 Uhr', at(14), 'de', 'Europe/Berlin')).toBe(false)
  })
})
