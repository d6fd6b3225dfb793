import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownWords } from './own-words.ts'

const text = (...lines: string[]) => lines.join('\n')

describe('what a person newly wrote in a mail', () => {
  it.each([
    ['On Mon, Nov 23, 2026 at 10:00 AM Ann Smith <ann@acme.example> wrote:'],
    ['On 23/11/2026 10:00, Ann Smith wrote:'],
    ['Am 23.11.2026 um 10:00 schrieb Ann Smith <ann@acme.example>:'],
    ['Le lun. 23 nov. 2026 à 10:00, Ann Smith <ann@acme.example> a écrit :'],
    ['El lun, 23 nov 2026 a las 10:00, Ann Smith (<ann@acme.example>) escribió:'],
    ['Il giorno lun 23 nov 2026 alle ore 10:00 Ann Smith <ann@acme.example> ha scritto:'],
    ['Em seg., 23 de nov. de 2026 às 10:00, Ann Smith <ann@acme.example> escreveu:'],
    ['Op ma 23 nov 2026 om 10:00 schreef Ann Smith <ann@acme.example>:'],
    ['pon., 23 lis 2026 o 10:00 Ann Smith <ann@acme.example> napisał(a):'],
    ['пн, 23 нояб. 2026 г. в 10:00, Ann Smith <ann@acme.example>:\u0020написал:'],
    ['2026年11月23日(月) 10:00 Ann Smith <ann@acme.example>のメール:'],
  ])('leaves out what is quoted after: %s', (introduction) => {
    expect(ownWords(text('It never came.', '', introduction, '> Your order is on its way.', '>', '> Ann'))).toBe(
      'It never came.',
    )
  })

  it('leaves out an introduction that is broken over lines, and keeps answers between and below quotes', () => {
    expect(
      ownWords(
        text(
          'Hello,',
          'On Mon, Nov 23, 2026 at 10:00 AM Ann Smith of the Help Desk',
          '<ann@acme.example> wrote:',
          '> When did you order?',
          'On Friday.',
          '> And where?',
          'In the app.',
        ),
      ),
    ).toBe(text('Hello,', 'On Friday.', 'In the app.'))
  })

  it.each([
    [text('-----Original Message-----', 'From: Ann')],
    [text('-------- Ursprüngliche Nachricht --------', 'Von: Ann')],
    [text('________________________________', 'From: Ann <ann@acme.example>', 'Sent: Monday', 'To: me', 'Subject: x')],
    [text('Von: Ann', 'Gesendet: Montag, 23. November 2026', 'An: ich', 'Betreff: x')],
    [text('*De :* Ann', '*Envoyé :* lundi', '*À :* moi')],
    [text('On 23 Nov 2026 Ann <ann@acme.example> wrote:', '', 'Your order is on its way, without any mark.')],
  ])('leaves out what a client puts below: %j', (below) => {
    expect(ownWords(text('It never came.', '', below, 'Your order is on its way.'))).toBe('It never came.')
  })

  it.each([['-- '], ['--'], ['Sent from my iPhone'], ['Von meinem iPhone gesendet'], ['Envoyé depuis mon téléphone']])(
    'leaves out the signature after %j',
    (mark) => {
      expect(ownWords(text('It never came.', '', mark))).toBe('It never came.')
    },
  )

  it.each([
    [text('On Monday I wrote to you:', 'my order never came.')],
    [text('Am 12.11.2026 schrieb ich Ihnen:', 'Das Paket kam nie an.')],
    [text('From: the shop in Berlin I got nothing.', 'To: nobody I could complain.')],
    [text('Totals -- all wrong', '--- see above ---', 'and 3 > 2')],
    ['He wrote: never again'],
    [text('On Friday it came.', 'Ann <ann@acme.example> had the wrong address.')],
  ])('cuts nothing of what only looks like it: %j', (own) => {
    expect(ownWords(own)).toBe(own)
  })

  it('gives nothing for a mail that only quotes', () => {
    expect(ownWords(text('> Your order', '> is on its way'))).toBe('')
  })

  it('only ever takes lines away, in a time that grows with the text', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('> a', '-- ', 'Ann wrote:', 'From: x', 'Sent: y', 'a@b.example wrote:', ''),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const given = lines
          .join('\n')
          .split('\n')
          .map((each) => each.trim())
        const kept = ownWords(lines.join('\n'))
        let at = 0
        for (const each of kept === '' ? [] : kept.split('\n')) {
          at = given.indexOf(each.trim(), at) + 1
          expect(at).toBeGreaterThan(0)
        }
      }),
    )
    expect(ownWords('a wrote '.repeat(100_000))).toHaveLength(799_999)
  })
})
