import { fold } from './fold.ts'
import { PhraseTrie } from './phrase-trie.ts'
import type { Word } from './word.ts'
import { words } from './words.ts'

const ABUSE = `fuck, fucking, fucked, fuck you, fucker, motherfucker, asshole, assholes, bitch, bastard, bastards, cunt, shit,
  shitty, bullshit, piece of shit, idiot, idiots, moron, morons, scum, thieves, liars, scammers, crooks, go to hell, burn in hell,
  drop dead, wtf, stfu, fu, dickhead, wankers, twats, imbeciles,
  scheiße, scheiss, scheiß, arschloch, arschlöcher, wichser, verpiss, fickt euch, leckt mich, idioten, vollidioten, drecksladen,
  saftladen, verbrecher, betrüger, abzocker, drecks,
  mierda, puta, putos, hijos de puta, hdp, cabrones, cabrón, pendejos, idiotas, ladrones, rateros, estafadores, imbéciles,
  chinguen, váyanse a la mierda, basura, ratas,
  merde, putain, connards, connard, enculés, fils de pute, bande de voleurs, voleurs, escrocs, ntm, abrutis, incapables,
  merda, cazzo, stronzi, stronzo, vaffanculo, coglioni, bastardi, ladri, truffatori, idioti, schifosi, figli di puttana,
  porra, caralho, filhos da puta, fdp, vtnc, vai tomar no cu, ladrões, lixo, idiotas, vagabundos, desgraçados,
  حرامية, كلاب, حمار, حمير, زبالة, نصابين, لعنة, اللعنة, تفو, قذرين, حقراء,
  कमीने, हरामी, चोर, कुत्ते, chutiya, madarchod, bhenchod, bc, mc, harami, kamine, chor, kutte, gandu`
const ANGER = `disgusting, disgrace, shameful, shame on you, pathetic, hate you, hate, furious, outrageous, criminal, ridiculous,
  incompetent, joke of a company, worst, sue you, lawyer, boycott, unverschämt, frechheit, unfähig, hasse, boykott, anwalt,
  vergüenza, asco, odio, boicot, inútiles, honte, honteux, scandaleux, déteste, boycott, vergogna, schifo, odio, incapaci,
  vergonha, ódio, absurdo, nojo, مقرف, عيب, قرف, مقاطعة, حسبي الله, शर्म, घटिया, sharam, ghatiya`
const ABUSE_WEIGHT = 0.9
const ANGER_WEIGHT = 0.45
const SHOUTING_WEIGHT = 0.35
const EXCLAMATIONS_WEIGHT = 0.2
const PICTOGRAM_WEIGHT = 0.5
const ANGRY_PICTOGRAM = /[\u{1f620}\u{1f621}\u{1f624}\u{1f92c}\u{1f595}\u{1f4a9}\u{1f92e}]/u
const SHOUTED = /\b\p{Lu}{4,}\b/gu
const HAS_CAPITALS = /[A-Z]{4}|[\u00c0-\u00de\u0410-\u042f]{4}/
const MIN_SHOUTED = 3

const trie = new PhraseTrie<number>()
for (const phrase of ABUSE.split(',')) trie.add(words(phrase).map(fold), ABUSE_WEIGHT)
for (const phrase of ANGER.split(',')) trie.add(words(phrase).map(fold), ANGER_WEIGHT)

/** Whether an insult or a word of contempt begins with the folded word. */
export function hostilityOpens(folded: string): boolean {
  return trie.opens(folded)
}

/**
 * How hostile a text is, 0 to 1: insults, words of contempt, threats to sue or boycott, shouting and angry pictograms
 * add up with falling gain, 1 - exp(-sum). Two insults are about 0.83.
 */
export function hostilityOf(text: string, found: readonly Word[]): number {
  let sum = 0
  const tokenAt = (index: number) => found[index]?.folded
  const report = (weight: number) => {
    sum += weight
  }
  for (let start = 0; start < found.length; start++)
    if (found[start]!.opensHostility) trie.matchAt(start, tokenAt, report)
  if (HAS_CAPITALS.test(text) && (text.match(SHOUTED)?.length ?? 0) >= MIN_SHOUTED) sum += SHOUTING_WEIGHT
  if (text.includes('!!')) sum += EXCLAMATIONS_WEIGHT
  if (ANGRY_PICTOGRAM.test(text)) sum += PICTOGRAM_WEIGHT
  return sum === 0 ? 0 : 1 - Math.exp(-sum)
}
