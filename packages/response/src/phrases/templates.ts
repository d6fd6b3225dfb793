import type { StatementKind, StatementLanguage } from '@outcry/contracts'

/**
 * The built-in texts. A line with a placeholder of which nothing is known is left out. `{unknownEta}` is empty where no
 * time is promised, and unknown else.
 */
type PublicKind = Exclude<StatementKind, 'brief'>

const EN: Record<PublicKind, string> = {
  holding: `We know about this problem: {what}.
We are sorry.
It has been so since {since}.
Affected: {affected}.
What went wrong: {cause}.
We expect it to be fixed by {eta}.
{unknownEta}We do not know yet when it will be fixed.
We will tell you more by {nextUpdate}.
Until then: {meanwhile}
We offer: {remedy}.`,
  update: `An update on this problem: {what}.
We are sorry that it is not fixed yet.
What went wrong: {cause}.
Affected: {affected}.
We now expect it to be fixed by {eta}.
{unknownEta}We do not know yet when it will be fixed.
We will tell you more by {nextUpdate}.
Until then: {meanwhile}
We offer: {remedy}.`,
  closing: `This is fixed: {what}.
We are sorry for the trouble, and thank you for telling us and for your patience.
What went wrong: {cause}.
We offer: {remedy}.
If it still does not work for you, please write to us.`,
  notice: `Please note: {what}.
We are sorry and are working on it.
We expect it to be fixed by {eta}.
We will tell you more by {nextUpdate}.
Until then: {meanwhile}`,
}
const DE: Record<PublicKind, string> = {
  holding: `Wir wissen von diesem Problem: {what}.
Es tut uns leid.
Es besteht seit {since}.
Betroffen: {affected}.
Was geschehen ist: {cause}.
Wir rechnen damit, dass es bis {eta} behoben ist.
{unknownEta}Wir wissen noch nicht, wann es behoben ist.
Bis {nextUpdate} sagen wir Ihnen mehr.
Bis dahin: {meanwhile}
Wir bieten an: {remedy}.`,
  update: `Neues zu diesem Problem: {what}.
Es tut uns leid, dass es noch nicht behoben ist.
Was geschehen ist: {cause}.
Betroffen: {affected}.
Wir rechnen nun damit, dass es bis {eta} behoben ist.
{unknownEta}Wir wissen noch nicht, wann es behoben ist.
Bis {nextUpdate} sagen wir Ihnen mehr.
Bis dahin: {meanwhile}
Wir bieten an: {remedy}.`,
  closing: `Das ist behoben: {what}.
Es tut uns leid, und wir danken Ihnen für Ihre Hinweise und Ihre Geduld.
Was geschehen ist: {cause}.
Wir bieten an: {remedy}.
Wenn es bei Ihnen noch nicht geht, schreiben Sie uns bitte.`,
  notice: `Bitte beachten Sie: {what}.
Es tut uns leid, wir arbeiten daran.
Wir rechnen damit, dass es bis {eta} behoben ist.
Bis {nextUpdate} sagen wir Ihnen mehr.
Bis dahin: {meanwhile}`,
}
const FR: Record<PublicKind, string> = {
  holding: `Nous avons connaissance de ce problème : {what}.
Nous sommes désolés.
Il dure depuis {since}.
Concernés : {affected}.
Ce qui s'est passé : {cause}.
Nous pensons le résoudre d'ici {eta}.
{unknownEta}Nous ne savons pas encore quand il sera résolu.
Nous vous en dirons plus d'ici {nextUpdate}.
En attendant : {meanwhile}
Nous proposons : {remedy}.`,
  update: `Des nouvelles de ce problème : {what}.
Nous sommes désolés qu'il ne soit pas encore résolu.
Ce qui s'est passé : {cause}.
Concernés : {affected}.
Nous pensons maintenant le résoudre d'ici {eta}.
{unknownEta}Nous ne savons pas encore quand il sera résolu.
Nous vous en dirons plus d'ici {nextUpdate}.
En attendant : {meanwhile}
Nous proposons : {remedy}.`,
  closing: `C'est résolu : {what}.
Nous sommes désolés, et nous vous remercions de vos messages et de votre patience.
Ce qui s'est passé : {cause}.
Nous proposons : {remedy}.
Si cela ne marche toujours pas chez vous, écrivez-nous.`,
  notice: `À noter : {what}.
Nous sommes désolés et nous y travaillons.
Nous pensons le résoudre d'ici {eta}.
Nous vous en dirons plus d'ici {nextUpdate}.
En attendant : {meanwhile}`,
}
const ES: Record<PublicKind, string> = {
  holding: `Conocemos este problema: {what}.
Lo sentimos.
Dura desde el {since}.
Afectados: {affected}.
Qué ha pasado: {cause}.
Esperamos resolverlo antes del {eta}.
{unknownEta}Todavía no sabemos cuándo estará resuelto.
Les diremos más antes del {nextUpdate}.
Mientras tanto: {meanwhile}
Ofrecemos: {remedy}.`,
  update: `Novedades sobre este problema: {what}.
Sentimos que aún no esté resuelto.
Qué ha pasado: {cause}.
Afectados: {affected}.
Ahora esperamos resolverlo antes del {eta}.
{unknownEta}Todavía no sabemos cuándo estará resuelto.
Les diremos más antes del {nextUpdate}.
Mientras tanto: {meanwhile}
Ofrecemos: {remedy}.`,
  closing: `Está resuelto: {what}.
Lo sentimos, y les agradecemos sus mensajes y su paciencia.
Qué ha pasado: {cause}.
Ofrecemos: {remedy}.
Si a usted aún no le funciona, escríbanos.`,
  notice: `Aviso: {what}.
Lo sentimos y estamos en ello.
Esperamos resolverlo antes del {eta}.
Les diremos más antes del {nextUpdate}.
Mientras tanto: {meanwhile}`,
}
const IT: Record<PublicKind, string> = {
  holding: `Sappiamo di questo problema: {what}.
Ci dispiace.
Dura da {since}.
Interessati: {affected}.
Che cosa è successo: {cause}.
Contiamo di risolverlo entro {eta}.
{unknownEta}Non sappiamo ancora quando sarà risolto.
Vi diremo di più entro {nextUpdate}.
Nel frattempo: {meanwhile}
Offriamo: {remedy}.`,
  update: `Aggiornamento su questo problema: {what}.
Ci dispiace che non sia ancora risolto.
Che cosa è successo: {cause}.
Interessati: {affected}.
Ora contiamo di risolverlo entro {eta}.
{unknownEta}Non sappiamo ancora quando sarà risolto.
Vi diremo di più entro {nextUpdate}.
Nel frattempo: {meanwhile}
Offriamo: {remedy}.`,
  closing: `È risolto: {what}.
Ci dispiace, e vi ringraziamo delle segnalazioni e della pazienza.
Che cosa è successo: {cause}.
Offriamo: {remedy}.
Se da voi ancora non funziona, scriveteci.`,
  notice: `Avviso: {what}.
Ci dispiace e ci stiamo lavorando.
Contiamo di risolverlo entro {eta}.
Vi diremo di più entro {nextUpdate}.
Nel frattempo: {meanwhile}`,
}
const NL: Record<PublicKind, string> = {
  holding: `We kennen dit probleem: {what}.
Het spijt ons.
Het duurt sinds {since}.
Getroffen: {affected}.
Wat er is gebeurd: {cause}.
We verwachten dat het uiterlijk {eta} is opgelost.
{unknownEta}We weten nog niet wanneer het is opgelost.
We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}
We bieden aan: {remedy}.`,
  update: `Nieuws over dit probleem: {what}.
Het spijt ons dat het nog niet is opgelost.
Wat er is gebeurd: {cause}.
Getroffen: {affected}.
We verwachten nu dat het uiterlijk {eta} is opgelost.
{unknownEta}We weten nog niet wanneer het is opgelost.
We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}
We bieden aan: {remedy}.`,
  closing: `Dit is opgelost: {what}.
Het spijt ons, en we danken u voor uw berichten en uw geduld.
Wat er is gebeurd: {cause}.
We bieden aan: {remedy}.
Werkt het bij u nog niet? Schrijf ons dan.`,
  notice: `Let op: {what}.
Het spijt ons, we werken eraan.
We verwachten dat het uiterlijk {eta} is opgelost.
We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}`,
}
const PT: Record<PublicKind, string> = {
  holding: `Sabemos deste problema: {what}.
Pedimos desculpa.
Dura desde {since}.
Afetados: {affected}.
O que aconteceu: {cause}.
Esperamos resolvê-lo até {eta}.
{unknownEta}Ainda não sabemos quando estará resolvido.
Diremos mais até {nextUpdate}.
Até lá: {meanwhile}
Oferecemos: {remedy}.`,
  update: `Novidades sobre este problema: {what}.
Pedimos desculpa por ainda não estar resolvido.
O que aconteceu: {cause}.
Afetados: {affected}.
Agora esperamos resolvê-lo até {eta}.
{unknownEta}Ainda não sabemos quando estará resolvido.
Diremos mais até {nextUpdate}.
Até lá: {meanwhile}
Oferecemos: {remedy}.`,
  closing: `Está resolvido: {what}.
Pedimos desculpa, e agradecemos as mensagens e a paciência.
O que aconteceu: {cause}.
Oferecemos: {remedy}.
Se ainda não funcionar consigo, escreva-nos.`,
  notice: `Aviso: {what}.
Pedimos desculpa e estamos a trabalhar nisso.
Esperamos resolvê-lo até {eta}.
Diremos mais até {nextUpdate}.
Até lá: {meanwhile}`,
}

export const TEMPLATES: Readonly<Record<StatementLanguage, Readonly<Record<PublicKind, string>>>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  it: IT,
  nl: NL,
  pt: PT,
}

/** First words of a holding statement where most people tell what they heard: nothing is confirmed before it is known. */
export const RUMOUR_OPENINGS: Readonly<Record<StatementLanguage, string>> = {
  en: 'We have seen reports of this and are checking them: {what}.',
  de: 'Wir haben Berichte darüber gesehen und prüfen sie: {what}.',
  fr: 'Nous avons vu des messages à ce sujet et les vérifions : {what}.',
  es: 'Hemos visto mensajes sobre esto y los estamos comprobando: {what}.',
  it: 'Abbiamo visto segnalazioni su questo e le stiamo verificando: {what}.',
  nl: 'We hebben berichten hierover gezien en zoeken het uit: {what}.',
  pt: 'Vimos mensagens sobre isto e estamos a verificar: {what}.',
}
