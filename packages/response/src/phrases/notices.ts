import type { NoticeMedium, StatementLanguage } from '@outcry/contracts'
import { TEMPLATES } from './templates.ts'

/**
 * What people read who have not met the problem yet. The first line names it and the second is sorry; a line of which
 * nothing is known is left out. `{unknownEta}` is empty where no time is promised, and unknown else.
 */
type Texts = Readonly<Record<Exclude<NoticeMedium, 'status'>, string>>

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
}
const ES: Texts = {
  banner: `{what}.
Lo sentimos.
Resuelto antes del {eta}.
{unknownEta}Novedades antes del {nextUpdate}.`,
  newsletter: `Puede que se encuentren con este problema: {what}.
Lo sentimos y estamos en ello.
Afectados: {affected}.
Esperamos resolverlo antes del {eta}.
Les diremos más antes del {nextUpdate}.
Mientras tanto: {meanwhile}`,
  chat: `¡Hola! Si escriben por esto, ya lo conocemos: {what}.
Lo sentimos.
Esperamos resolverlo antes del {eta}.
{unknownEta}Les diremos más antes del {nextUpdate}.
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
}
const NL: Texts = {
  banner: `{what}.
Het spijt ons.
Uiterlijk {eta} opgelost.
{unknownEta}Nieuws vóór {nextUpdate}.`,
  newsletter: `Misschien merkt u dit probleem: {what}.
Het spijt ons, we werken eraan.
Getroffen: {affected}.
We verwachten dat het uiterlijk {eta} is opgelost.
We vertellen u meer vóór {nextUpdate}.
Tot die tijd: {meanwhile}`,
  chat: `Hallo! Schrijft u hierover, dan weten we ervan: {what}.
Het spijt ons.
We verwachten dat het uiterlijk {eta} is opgelost.
{unknownEta}We vertellen u meer vóór {nextUpdate}.
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
}

const TEXTS: Readonly<Record<StatementLanguage, Texts>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  it: IT,
  nl: NL,
  pt: PT,
}

/** A status page says what the holding statement says, but offers nothing. */
export const noticeText = (language: StatementLanguage, medium: NoticeMedium): string =>
  medium === 'status' ? TEMPLATES[language].holding.replace(/\n.*\{remedy\}.*/, '') : TEXTS[language][medium]
