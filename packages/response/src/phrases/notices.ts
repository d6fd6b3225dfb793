import type { NoticeMedium, StatementLanguage } from '@outcry/contracts'

/**
 * What people read who have not met the problem yet. The first line names it and the second is sorry; a line of which
 * nothing is known is left out. `{unknownEta}` is empty where no time is promised, and unknown else.
 */
type Texts = Readonly<Record<NoticeMedium, string>>

const EN: Texts = {
  banner: `{what}.
We are sorry.
Fixed by {eta}.
{unknownEta}News by {nextUpdate}.`,
  newsletter: `You may meet this problem: {what}.
We are sorry and are working on it.
Affected: {affected}.
We expect it to be fixed by {eta}.
We will tell you more by {nextUpdate}.
Until then: {meanwhile}`,
  chat: `Hello! If you write because of this, we know of it: {what}.
We are sorry.
We expect it to be fixed by {eta}.
{unknownEta}We will tell you more by {nextUpdate}.
Until then: {meanwhile}`,
  status: `We know about this problem: {what}.
We are sorry.
It has been so since {since}.
Affected: {affected}.
What went wrong: {cause}.
We expect it to be fixed by {eta}.
{unknownEta}We do not know yet when it will be fixed.
We will tell you more by {nextUpdate}.
Until then: {meanwhile}`,
}
const DE: Texts = {
  banner: `{what}.
Es tut uns leid.
Behoben bis {eta}.
{unknownEta}Neues bis {nextUpdate}.`,
  newsletter: `Vielleicht begegnet Ihnen dieses Problem: {what}.
Es tut uns leid, wir arbeiten daran.
Betroffen: {affected}.
Wir rechnen damit, dass es bis {eta} behoben ist.
Bis {nextUpdate} sagen wir Ihnen mehr.
Bis dahin: {meanwhile}`,
  chat: `Guten Tag! Wenn Sie deswegen schreiben, wir wissen davon: {what}.
Es tut uns leid.
Wir rechnen damit, dass es bis {eta} behoben ist.
{unknownEta}Bis {nextUpdate} sagen wir Ihnen mehr.
Bis dahin: {meanwhile}`,
  status: `Wir wissen von diesem Problem: {what}.
Es tut uns leid.
Es besteht seit {since}.
Betroffen: {affected}.
Was geschehen ist: {cause}.
Wir rechnen damit, dass es bis {eta} behoben ist.
{unknownEta}Wir wissen noch nicht, wann es behoben ist.
Bis {nextUpdate} sagen wir Ihnen mehr.
Bis dahin: {meanwhile}`,
}
const FR: Texts = {
  banner: `{what}.
Nous sommes désolés.
Résolu d'ici {eta}.
{unknownEta}Des nouvelles d'ici {nextUpdate}.`,
  newsletter: `Vous rencontrerez peut-être ce problème : {what}.
Nous sommes désolés et nous y travaillons.
Concernés : {affected}.
Nous pensons le résoudre d'ici {eta}.
Nous vous en dirons plus d'ici {nextUpdate}.
En attendant : {meanwhile}`,
  chat: `Bonjour ! Si vous écrivez pour ceci, nous en avons connaissance : {what}.
Nous sommes désolés.
Nous pensons le résoudre d'ici {eta}.
{unknownEta}Nous vous en dirons plus d'ici {nextUpdate}.
En attendant : {meanwhile}`,
  status: `Nous avons connaissance de ce problème : {what}.
Nous sommes désolés.
Il dure depuis {since}.
Concernés : {affected}.
Ce qui s'est passé : {cause}.
Nous pensons le résoudre d'ici {eta}.
{unknownEta}Nous ne savons pas encore quand il sera résolu.
Nous vous en dirons plus d'ici {nextUpdate}.
En attendant : {meanwhile}`,
}
const ES: Texts = {
  banner: `{what}.
Lo sentimos.
Resuelto antes de {eta}.
{unknownEta}Novedades antes de {nextUpdate}.`,
  newsletter: `Puede que se encuentren con este problema: {what}.
Lo sentimos y estamos en ello.
Afectados: {affected}.
Esperamos resolverlo antes de {eta}.
Les diremos más antes de {nextUpdate}.
Mientras tanto: {meanwhile}`,
  chat: `¡Hola! Si escriben por esto, ya lo conocemos: {what}.
Lo sentimos.
Esperamos resolverlo antes de {eta}.
{unknownEta}Les diremos más antes de {nextUpdate}.
Mientras tanto: {meanwhile}`,
  status: `Conocemos este problema: {what}.
Lo sentimos.
Dura desde {since}.
Afectados: {affected}.
Qué ha pasado: {cause}.
Esperamos resolverlo antes de {eta}.
{unknownEta}Todavía no sabemos cuándo estará resuelto.
Les diremos más antes de {nextUpdate}.
Mientras tanto: {meanwhile}`,
}
const IT: Texts = {
  banner: `{what}.
Ci dispiace.
Risolto entro {eta}.
{unknownEta}Novità entro {nextUpdate}.`,
  newsletter: `Potreste incontrare questo problema: {what}.
Ci dispiace e ci stiamo lavorando.
Interessati: {affected}.
Contiamo di risolverlo entro {eta}.
Vi diremo di più entro {nextUpdate}.
Nel frattempo: {meanwhile}`,
  chat: `Buongiorno! Se scrivete per questo, lo sappiamo: {what}.
Ci dispiace.
Contiamo di risolverlo entro {eta}.
{unknownEta}Vi diremo di più entro {nextUpdate}.
Nel frattempo: {meanwhile}`,
  status: `Sappiamo di questo problema: {what}.
Ci dispiace.
Dura da {since}.
Interessati: {affected}.
Che cosa è successo: {cause}.
Contiamo di risolverlo entro {eta}.
{unknownEta}Non sappiamo ancora quando sarà risolto.
Vi diremo di più entro {nextUpdate}.
Nel frattempo: {meanwhile}`,
}
const NL: Texts = {
  banner: `{what}.
Het spijt ons.
Opgelost om {eta}.
{unknownEta}Nieuws vóór {nextUpdate}.`,
  newsletter: `Misschien merkt u dit probleem: {what}.
Het spijt ons, we werken eraan.
Getroffen: {affected}.
We verwachten dat het is opgelost om {eta}.
We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}`,
  chat: `Hallo! Schrijft u hierover, dan weten we ervan: {what}.
Het spijt ons.
We verwachten dat het is opgelost om {eta}.
{unknownEta}We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}`,
  status: `We kennen dit probleem: {what}.
Het spijt ons.
Het duurt sinds {since}.
Getroffen: {affected}.
Wat er is gebeurd: {cause}.
We verwachten dat het is opgelost om {eta}.
{unknownEta}We weten nog niet wanneer het is opgelost.
We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}`,
}
const PT: Texts = {
  banner: `{what}.
Pedimos desculpa.
Resolvido até {eta}.
{unknownEta}Novidades até {nextUpdate}.`,
  newsletter: `Pode encontrar este problema: {what}.
Pedimos desculpa e estamos a trabalhar nisso.
Afetados: {affected}.
Esperamos resolvê-lo até {eta}.
Diremos mais até {nextUpdate}.
Até lá: {meanwhile}`,
  chat: `Olá! Se escreve por causa disto, já sabemos: {what}.
Pedimos desculpa.
Esperamos resolvê-lo até {eta}.
{unknownEta}Diremos mais até {nextUpdate}.
Até lá: {meanwhile}`,
  status: `Sabemos deste problema: {what}.
Pedimos desculpa.
Dura desde {since}.
Afetados: {affected}.
O que aconteceu: {cause}.
Esperamos resolvê-lo até {eta}.
{unknownEta}Ainda não sabemos quando estará resolvido.
Diremos mais até {nextUpdate}.
Até lá: {meanwhile}`,
}

export const NOTICE_TEXTS: Readonly<Record<StatementLanguage, Texts>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  it: IT,
  nl: NL,
  pt: PT,
}
