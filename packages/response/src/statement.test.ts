import {
  emptyPlaybook,
  type Playbook,
  type StatementFacts,
  type StatementKind,
  type StatementLanguage,
} from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkStatement, type CheckRequest } from './check-statement.ts'
import { draftStatement } from './draft-statement.ts'
import type { KnownFacts } from './known-facts.ts'
import { owedClosings } from './owed-closings.ts'
import { playbookOf } from './playbook-of.ts'
import { renderStatement } from './render-statement.ts'

const NOW = Date.UTC(2026, 10, 29, 12)
const HOUR = 3_600_000
const LANGUAGES: StatementLanguage[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']
const PUBLIC: StatementKind[] = ['holding', 'update', 'closing', 'notice']
const known: KnownFacts = {
  brandName: 'Acme',
  label: 'Confirmation never came',
  since: NOW - HOUR,
  people: 42,
  windowMs: 900_000,
  observed: 12,
  expected: 1.5,
  platforms: ['bluesky', 'reddit'],
  isRumour: false,
}
const playbook: Playbook = {
  ...emptyPlaybook('checkout'),
  owner: 'Head of payments',
  queue: '#checkout-desk',
  remedies: ['free delivery of the next order'],
  mustNotSay: ['hacked'],
}
const exposure = { reach: 9_000, unansweredShare: 0.8, affected: { low: 1_000, high: 4_000 }, assumption: 'Assumed.' }
const draft = (
  kind: StatementKind,
  language: StatementLanguage,
  facts: StatementFacts,
  change: Partial<KnownFacts> = {},
) => draftStatement({ kind, language, facts, known: { ...known, ...change }, exposure, playbook, timeZone: 'UTC' })
const rules = (
  text: string,
  change: Partial<Pick<CheckRequest, 'kind' | 'language' | 'facts' | 'labelLanguage'>> = {},
) =>
  checkStatement({
    kind: 'holding',
    language: 'en',
    facts: { eta: NOW + HOUR },
    playbook,
    label: 'Refund never arrives',
    labelLanguage: 'en',
    timeZone: 'UTC',
    nowMs: NOW,
    ...change,
    text,
  }).map(({ rule, blocks }) => (blocks ? rule : `${rule}?`))

describe('a draft', () => {
  it('says what is known, is sorry, and when it will be fixed', () => {
    expect(draft('holding', 'en', { eta: NOW + HOUR, meanwhile: 'Your order is safe.' })).toBe(
      [
        'We know about this problem: Confirmation never came.',
        'We are sorry.',
        'It has been so since Sunday, November 29 at 11:00 AM UTC.',
        'We expect it to be fixed by Sunday, November 29 at 1:00 PM UTC.',
        'Until then: Your order is safe.',
      ].join('\n'),
    )
  })

  it('says honestly that no time is known, and when there will be news', () => {
    const text = draft('holding', 'de', { nextUpdate: NOW + HOUR })
    expect(text).toContain('Wir wissen noch nicht, wann es behoben ist.')
    expect(text).toContain('sagen wir Ihnen mehr')
  })

  it('sets the full stop after what is offered, and prints the year of a time in another one', () => {
    const facts = { remedy: 'free delivery of the next order.', eta: Date.UTC(2027, 0, 1, 9) }
    const text = draft('holding', 'en', facts)
    expect(text.split('\n')).toContain('We offer: free delivery of the next order.')
    expect(text).toContain('by Friday, January 1, 2027 at 9:00 AM UTC.')
    expect(rules(text, { facts })).toEqual([])
    expect(draft('holding', 'en', { eta: NOW + HOUR })).not.toContain('2026')
  })

  it.each([
    ['en', 'holding', 'We expect it to be fixed by Tuesday, December 1 at 3:00 PM UTC.'],
    ['fr', 'update', "Nous pensons maintenant le résoudre d'ici mardi 1er décembre à 15:00 UTC."],
    ['fr', 'holding', 'Il dure depuis dimanche 29 novembre à 11:00 UTC.'],
    ['es', 'holding', 'Esperamos resolverlo antes del martes, 1 de diciembre, 15:00 UTC.'],
    ['es', 'holding', 'Dura desde el domingo, 29 de noviembre, 11:00 UTC.'],
    ['nl', 'notice', 'We verwachten dat het uiterlijk dinsdag 1 december om 15:00 UTC is opgelost.'],
  ] as const)('in %s as %s tells a time as people say it: %s', (language, kind, line) => {
    const facts = { eta: Date.UTC(2026, 11, 1, 15) }
    const text = draft(kind, language, facts)
    expect(text.split('\n')).toContain(line)
    expect(rules(text, { kind, language, facts, labelLanguage: language })).toEqual([])
  })

  it('confirms nothing where most tell what they heard', () => {
    expect(draft('holding', 'en', { nextUpdate: NOW + HOUR }, { isRumour: true })).toMatch(
      /^We have seen reports of this and are checking/,
    )
  })

  it.each(LANGUAGES.flatMap((language) => PUBLIC.map((kind) => [language, kind] as const)))(
    'in %s as %s passes its own checks, and has no gap',
    (language, kind) => {
      const facts = {
        what: 'x',
        cause: 'y',
        affected: 'z',
        eta: NOW + HOUR,
        nextUpdate: NOW + HOUR,
        meanwhile: 'w.',
        remedy: playbook.remedies[0]!,
      }
      for (const given of [facts, { eta: NOW + HOUR }, { nextUpdate: NOW + HOUR }]) {
        const text = draft(kind, language, given)
        const about = { label: known.label, labelLanguage: language, timeZone: 'UTC', nowMs: NOW }
        expect(checkStatement({ kind, language, facts: given, text, playbook, ...about })).toEqual([])
      }
    },
  )

  it('keeps braces of people as they are, whatever they write', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (what) => {
        fc.pre(/[^.!\s]/.test(what))
        const text = draft('notice', 'en', { what: `${what} {eta}x`, eta: NOW + HOUR })
        expect(text.split('\n').length).toBeGreaterThanOrEqual(3)
        expect(text).toContain('{eta}x')
      }),
    )
  })

  it('briefs the front line: numbers, what may be offered, what not to say, where to send people', () => {
    const text = draft('brief', 'en', { eta: NOW + HOUR })
    for (const part of [
      '42 people',
      'bluesky, reddit',
      '80 %',
      'free delivery',
      'hacked',
      '#checkout-desk',
      'Head of payments',
    ])
      expect(text).toContain(part)
    expect(rules(text, { kind: 'brief' })).toEqual([])
    expect(rules(`${text} We were hacked.`, { kind: 'brief' })).toEqual(['must-not-say'])
  })

  it('briefs in English, and gives in their language what people are told', () => {
    const own = { ...playbook, meanwhile: { de: 'Ihre Bestellung ist sicher.', en: 'Your order is safe.' } }
    const about = { known, exposure, playbook: own, timeZone: 'UTC', facts: { eta: NOW + HOUR } }
    const text = draftStatement({ kind: 'brief', language: 'de', ...about })
    expect(text).toContain('Since Sunday, November 29 at 11:00 AM UTC.')
    expect(text).toContain('Expected to be fixed by Sunday, November 29 at 1:00 PM UTC.')
    expect(text).toContain('Tell people: Ihre Bestellung ist sicher.')
  })

  it('tells the own people what is at stake, where to answer first and the queue named by the issue', () => {
    const own = { ...playbook, harm: 'money' as const, channel: 'X', queue: '#desk-{issue}' }
    const request = {
      kind: 'brief',
      language: 'en',
      facts: {},
      known,
      exposure,
      playbook: own,
      timeZone: 'UTC',
    } as const
    const text = draftStatement(request)
    for (const line of [
      "At stake: people's money.",
      'Answer first on X.',
      'Send people to #desk-confirmation-never-came.',
      'Head of payments decides.',
    ])
      expect(text.split('\n')).toContain(line)
    expect(text).toContain(
      '42 people so far on bluesky, reddit. It stood out by 12 people within 15 min, where 1.5 would be usual.',
    )
  })

  it("takes the playbook's own text, without the lines of which nothing is known", () => {
    const own = { ...playbook, templates: { holding: { en: 'Sorry: {what}\nBy {eta}\nSee {queue}' } } }
    const text = draftStatement({
      kind: 'holding',
      language: 'en',
      facts: {},
      known,
      exposure,
      playbook: own,
      timeZone: 'UTC',
    })
    expect(text).toBe('Sorry: Confirmation never came\nSee #checkout-desk')
  })
})

describe('the checks', () => {
  it('ask for a time, or for the time of the next news', () => {
    expect(rules('We are sorry.', { facts: {} })).toEqual(['eta-or-update'])
    expect(rules('We are sorry. More at noon.', { facts: { nextUpdate: NOW } })).toEqual(['time-past'])
    expect(rules('We are sorry, it is fixed.', { kind: 'closing', facts: {} })).toEqual([])
  })

  it('ask that the text itself tells one of the times, in whatever words', () => {
    const facts = { eta: NOW + 5 * HOUR, nextUpdate: NOW + 2 * HOUR }
    expect(rules('We are sorry.', { facts })).toEqual(['eta-or-update'])
    expect(rules('We are sorry. It works again at five.', { facts })).toEqual(['eta-or-update'])
    expect(rules('We are sorry. It works again by 6 PM.', { facts })).toEqual(['eta-or-update'])
    expect(rules('We are sorry. It works again by 5 PM.', { facts })).toEqual([])
    expect(rules('We are sorry. There is more at 14:00.', { facts })).toEqual([])
    expect(rules('Es tut uns leid, gegen 17 Uhr geht es wieder.', { facts, language: 'de' })).toEqual([])
    expect(rules('We are sorry, it is fixed.', { kind: 'closing', facts })).toEqual([])
    const asked = checkStatement({
      kind: 'holding',
      language: 'de',
      facts,
      text: 'Es tut uns leid.',
      playbook: null,
      label: '',
      labelLanguage: null,
      timeZone: 'Europe/Berlin',
      nowMs: NOW,
    })
    expect(asked[0]?.fix).toBe('Say in the text: Sonntag, 29. November um 18:00 MEZ.')
  })

  it('promise nothing over a year ahead, and remark news after the fix', () => {
    const late = { eta: NOW + 367 * 24 * HOUR }
    expect(rules(draft('holding', 'en', late), { facts: late })).toEqual(['time-far'])
    const turned = { eta: NOW + HOUR, nextUpdate: NOW + 2 * HOUR }
    expect(rules(draft('holding', 'en', turned), { facts: turned })).toEqual(['update-late?'])
  })

  it('remark a problem that is named in another language than the text', () => {
    const text = 'Refund never arrives. Es tut uns leid, bis 13 Uhr.'
    expect(rules(text, { language: 'de' })).toEqual(['other-language?'])
    expect(rules(text, { language: 'de', labelLanguage: null })).toEqual([])
    const own = { facts: { eta: NOW + HOUR, what: 'Die Erstattung kommt nicht' } }
    expect(rules('Die Erstattung kommt nicht. Es tut uns leid, bis 13 Uhr.', { language: 'de', ...own })).toEqual([])
  })

  it('ask for an apology, and mind "but", blame and length', () => {
    expect(rules('It is broken until 1 PM.')).toEqual(['apology'])
    expect(rules('We are sorry, but it takes until 1 PM.')).toEqual(['but?'])
    expect(rules('Sorry. You should have waited until 1 PM.')).toEqual(['blame'])
    expect(rules('Es tut uns leid, aber es ist Ihr Fehler. Um 13 Uhr geht es.', { language: 'de' })).toEqual([
      'but?',
      'blame',
    ])
    expect(rules(`Sorry, until 13:00. ${'x'.repeat(800)}`)).toEqual(['length?'])
    expect(rules('Sorry. A button is debuted at 1 PM.')).toEqual([])
  })

  it('allow the remedies of the playbook in its words, and no other promise', () => {
    expect(rules('Sorry, until 1 PM. We offer free delivery of the next order.')).toEqual([])
    expect(rules('Sorry, until 1 PM. We offer Free  delivery of the NEXT order and a refund.')).toEqual(['promise'])
    expect(rules('Sorry, until 1 PM.', { facts: { eta: NOW + HOUR, remedy: 'a car' } })).toEqual(['remedy'])
    expect(rules('Lo sentimos, hasta las 13:00. Les devolveremos el dinero y un cupón.', { language: 'es' })).toEqual([
      'promise',
    ])
  })

  it('take the problem itself for no promise, and a second mention of it for one', () => {
    expect(rules('We know: refund never arrives. Sorry, until 1 PM.')).toEqual([])
    expect(rules('We know: refund never arrives. Sorry, until 1 PM. You get a refund.')).toEqual(['promise'])
    const facts = { eta: NOW + HOUR, what: 'Vouchers are refused.' }
    expect(rules('We know: vouchers are refused. Sorry, until 1 PM.', { facts })).toEqual([])
    expect(rules('We know: refund never arrives. Sorry, until 1 PM.', { facts })).toEqual(['promise'])
  })

  it('refuse what is forbidden and what is not filled in, also to the own people', () => {
    expect(rules('We were HACKED by {cause}', { kind: 'brief' })).toEqual(['placeholder', 'must-not-say'])
    expect(rules(' ', { kind: 'brief' })).toEqual(['empty'])
  })

  it.each([
    ['AI', ['An AI wrote it', "our AI's fault", 'AI-made'], ['It fails', 'mail us again', 'AI2', 'AÏ']],
    ["can't help", ['We can’t help', 'We CAN‘T  help you'], ['We can help', "We can't helper"]],
    ['“Partner”', ['our "partner"', 'our „Partner“', '«partner»'], ['our partner']],
    ['e–mail', ['by e-mail', 'by e‑mail', 'by e—mail'], ['by email', 'by e-mails']],
    ['É tarde', ['e\u0301 tarde'], ['cliché tarde', 'é tardes']],
    ['C++', ['C++', 'C++20'], ['ABC++']],
    ['黑客', ['我们被黑客攻击了'], ['我们被攻击了']],
    ['api', ['我们的api坏了'], ['apis']],
  ])('forbid %s as whole words, with whatever apostrophes, quotation marks and dashes', (words, held, free) => {
    const own = { ...playbook, mustNotSay: [words] }
    const about = { facts: {}, label: '', labelLanguage: null, timeZone: 'UTC', nowMs: NOW, playbook: own }
    const forbidden = (text: string) => checkStatement({ kind: 'brief', language: 'en', text, ...about }).length > 0
    expect(held.filter((text) => !forbidden(text))).toEqual([])
    expect(free.filter(forbidden)).toEqual([])
  })

  it('allow a remedy with whatever apostrophes', () => {
    const own = { ...playbook, remedies: ["one month's refund"] }
    const facts = { eta: NOW + HOUR, remedy: 'One month’s refund' }
    const about = { facts, label: '', labelLanguage: null, timeZone: 'UTC', nowMs: NOW, playbook: own }
    const text = 'We are sorry. By 1 PM. We offer: one month’s refund.'
    expect(checkStatement({ kind: 'holding', language: 'en', text, ...about })).toEqual([])
  })
})

describe('what is pasted', () => {
  it('holds no markup of people in any form', () => {
    const hostile = '<script>alert(1)</script> *bold* <@U1> [x](javascript:1) & "q"'
    const { markdown, slack, email } = renderStatement({ text: hostile, subject: 'a\r\nBcc: x', drill: false })
    expect(email.html).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; *bold* &lt;@U1&gt; [x](javascript:1) &amp; &quot;q&quot;</p>',
    )
    expect(email.subject).toBe('a Bcc: x')
    expect(markdown).toContain(String.raw`\[x\]\(javascript:1\)`)
    expect(slack).toContain('&lt;@U1&gt;')
    expect(slack).not.toContain('*bold*')
  })
})

describe('what is pasted out of a drill', () => {
  it('says so first, in every form', () => {
    const { text, markdown, slack, email } = renderStatement({ text: 'We are sorry.', subject: 'Acme', drill: true })
    for (const form of [text, markdown, slack, email.text]) expect(form).toMatch(/^DRILL, do not publish/)
    expect(email.html).toMatch(/^<p>DRILL, do not publish/)
    expect(email.subject).toBe('DRILL Acme')
  })
})

describe('who is owed the thank-you', () => {
  const at = (channel: string, time: number) => ({ channel, at: time, by: 'mira' })
  it('is every channel on which people were told, until it is said there too', () => {
    const statements = [
      { kind: 'brief' as const, publications: [at('desk', 1)] },
      { kind: 'holding' as const, publications: [at('x', 2), at('status page', 3)] },
      { kind: 'update' as const, publications: [at('x', 4)] },
    ]
    expect(owedClosings(statements)).toEqual(['x', 'status page'])
    expect(owedClosings([...statements, { kind: 'closing', publications: [at('x', 5)] }])).toEqual(['status page'])
  })

  it('is one channel however its name is spelled', () => {
    const told = ['X', 'x ', 'X', '  Status  page'].map((channel, time) => at(channel, time))
    const statements = [{ kind: 'holding' as const, publications: told }]
    expect(owedClosings(statements)).toEqual(['X', '  Status  page'])
    const thanked = { kind: 'closing' as const, publications: [at('x', 9), at('status page', 9)] }
    expect(owedClosings([...statements, thanked])).toEqual([])
  })

  it('is also who was told of an issue that was merged into this one, unless thanked before', () => {
    const own = [{ kind: 'holding' as const, publications: [at('x', 5)] }]
    const merged = [
      { kind: 'holding' as const, publications: [at('mastodon', 2), at('forum', 3)] },
      { kind: 'closing' as const, publications: [at('forum', 4)] },
    ]
    expect(owedClosings(own, [merged])).toEqual(['mastodon', 'x'])
    const thanks = { kind: 'closing' as const, publications: [at('mastodon', 6)] }
    expect(owedClosings([...own, thanks], [merged])).toEqual(['x'])
  })

  it('is told by the playbook of the type, else by that of every other', () => {
    const other = { ...playbook, issueType: '*' }
    expect(playbookOf([other, playbook], 'checkout')).toBe(playbook)
    expect(playbookOf([other, playbook], null)).toBe(other)
    expect(playbookOf([playbook], 'login')).toBeNull()
  })
})
