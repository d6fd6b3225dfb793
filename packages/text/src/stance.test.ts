import { describe, expect, it } from 'vitest'
import { stanceOf } from './index.ts'

describe('how a post is told', () => {
  it.each([
    ['en', 'I was charged twice for one ticket', 'I heard that they charge people twice'],
    ['en', "My order never arrived and I've waited two weeks", 'Apparently nobody gets their orders'],
    ['de', 'Mir wurde das Geld doppelt abgebucht', 'Angeblich wird allen doppelt abgebucht'],
    ['es', 'Me cobraron dos veces el mismo pedido', 'Dicen que están cobrando dos veces'],
    ['fr', 'J’ai été débité deux fois', 'Il paraît que les clients sont débités deux fois'],
    ['it', 'Mi hanno addebitato due volte la spesa', 'A quanto pare addebitano tutto due volte'],
    ['pt', 'Fui cobrado duas vezes e não consigo falar com ninguém', 'Ouvi dizer que estão cobrando duas vezes'],
    ['ar', 'دفعت مرتين ولم استلم شيئا', 'سمعت انهم يسحبون المبلغ مرتين'],
    ['hi', 'मैंने दो बार भुगतान किया', 'सुना है सबसे दो बार पैसे ले रहे हैं'],
    ['hi, Latin letters', 'mujhe do baar charge kiya', 'suna hai sabko do baar charge kiya'],
  ])('tells own experience from hearsay in %s', (_, own, heard) => {
    expect(stanceOf(own).told).toBe('first-hand')
    expect(stanceOf(heard).told).toBe('hearsay')
  })

  it('takes a retweet and what a friend says as hearsay', () => {
    expect(stanceOf('RT @someone: the app is down').told).toBe('hearsay')
    expect(stanceOf('My friend says his account was emptied').told).toBe('hearsay')
  })

  it('says neither where a text says neither', () => {
    expect(stanceOf('the app is down again')).toEqual({ told: 'neither', promotion: false, joke: false })
    expect(stanceOf('')).toEqual({ told: 'neither', promotion: false, joke: false })
  })

  it('knows promotions by calls, and by links and hashtags around an offer', () => {
    expect(stanceOf('GIVEAWAY! Follow and retweet for two tickets').promotion).toBe(true)
    expect(stanceOf('20% off with a promo code #deal #travel').promotion).toBe(true)
    expect(stanceOf('Jetzt bestellen und sparen').promotion).toBe(true)
    expect(stanceOf('the promo code does not work at checkout').promotion).toBe(false)
    expect(stanceOf('still waiting, see https://example.com/1').promotion).toBe(false)
  })

  it('hears laughing', () => {
    expect(stanceOf('their outage is hilarious lol').joke).toBe(true)
    expect(stanceOf('their outage 😂').joke).toBe(true)
    expect(stanceOf('lollipop').joke).toBe(false)
  })
})
