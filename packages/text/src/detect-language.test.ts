import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScorer, detectLanguage } from './index.ts'

describe('language', () => {
  it.each([
    ['de', 'Warum geht die App schon wieder nicht?'],
    ['en', 'why is the app down again'],
    ['es', '¿por qué no funciona la aplicación?'],
    ['fr', 'pourquoi l’appli ne marche plus'],
    ['it', 'perché il sito non funziona più'],
    ['pt', 'por que o aplicativo não está funcionando'],
    ['nl', 'waarom werkt de app alweer niet vandaag'],
    ['pl', 'dlaczego aplikacja znowu nie działa'],
    ['sv', 'varför fungerar inte appen idag'],
    ['tr', 'uygulama neden yine çalışmıyor'],
    ['hi', 'yeh app kyun nahi chal raha hai bhai'],
    ['hi', 'ऐप काम नहीं कर रहा'],
    ['ar', 'لماذا لا يعمل التطبيق'],
    ['fa', 'چرا برنامه کار نمی‌کند'],
    ['ru', 'почему приложение не работает'],
    ['uk', 'чому застосунок не працює, її'],
    ['ja', 'アプリが動かない'],
    ['zh', '应用又打不开了'],
    ['ko', '앱이 안 열려요'],
    ['th', 'แอปล่ม'],
    ['el', 'γιατί δεν δουλεύει'],
    ['he', 'למה זה לא עובד'],
  ])('is %s: %s', (lang, text) => {
    expect(detectLanguage(text)).toBe(lang)
  })

  it('is unknown without letters, unless hinted', () => {
    expect(detectLanguage('@ann 123 !!! https://x.example')).toBe('und')
    expect(detectLanguage('👍', 'pt-BR')).toBe('pt')
  })

  it('takes a hint where the text leaves doubt, not against a clear text', () => {
    expect(detectLanguage('ok', 'sv')).toBe('sv')
    expect(detectLanguage('Warum geht die App schon wieder nicht?', 'en')).toBe('de')
  })

  it('believes the platform in scores', () => {
    expect(createScorer().score({ text: 'ok super', lang: 'sv-SE' }).lang).toBe('sv')
    expect(createScorer().score({ text: 'Warum geht die App nicht?', lang: 'und' }).lang).toBe('de')
  })

  it('is a plain code for any text and hint', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, hint) => {
        expect(detectLanguage(text, hint)).toMatch(/^[a-z]{2,3}$/)
      }),
    )
  })
})
