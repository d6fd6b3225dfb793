import { normalise } from '@outcry/text'

const wordsOf = (list: string): Set<string> => new Set(list.split(/\s+/).filter(Boolean).map(normalise))

/**
 * Words a phrase neither begins nor ends with: articles, prepositions, conjunctions, pronouns and auxiliaries of the
 * languages Outcry serves. Written by hand for Outcry; asked for folded.
 */
const EDGES = `
  a an the and or but so to of in on at for from with by as is are was were be been being am i im ive me my mine myself we
  our us you u your ur he she it its his her they them their this that these those there here if  while because just
  then than has have had having do does did will would can could should shall may might into onto about after before
  over until since who what which re why how all any some every each more very too also even only now today yesterday tonight tomorrow please
  pls hi hey hello dear guys thanks thank ok oh wow lol ugh omg seriously anyone anybody someone somebody everyone been
  der die das den dem des ein eine einen einem einer eines und oder aber denn weil dass wenn als wie ob zu zum zur im in
  ins an am auf aus bei beim mit nach seit von vom vor für über unter um durch ohne ich du er sie es wir ihr mich mir dich
  dir uns euch sich mein meine meinen meinem meiner euer eure eurem ist sind war waren bin bist hat habe haben hatte wird
  werden wurde auch nur noch schon sehr so da hier jetzt heute gestern bitte hallo mal doch ja denn was wer wo warum wieso
  el la los las lo un una unos unas y e o u pero porque que si cuando como de del a al en con por para sin sobre desde
  hasta yo tú él ella nos os me te se le les mi mis tu tus su sus este esta esto ese esa eso es son era fue ser está están
  estoy he ha han había hay muy ya también más hoy ayer hola gracias favor qué quién cómo dónde alguien
  le les l un une des du de d et ou mais car que qu si quand comme à au aux en dans sur sous avec pour par chez depuis je j
  tu il elle on nous vous ils elles me m te t se s mon ma mes ton ta tes son sa ses votre vos notre nos ce c cette ces cet
  est sont était suis être ai a ont avons avez avait très aussi plus hier bonjour merci svp y qui quoi où
  il lo gli i uno una e ed o ma perché che se quando come di del della dei delle degli dal dalla da a al alla ai in nel
  nella con su sul sulla per tra fra io lui lei noi voi loro mi ti si ci vi ne mio mia miei mie vostro vostra questo questa
  questi quello è sono era sei siete ho ha hanno abbiamo avete molto anche più già oggi ieri stamattina ciao grazie chi cosa dove qualcuno
  o os as um uma uns umas e ou mas porque que se quando como de do da dos das em no na nos nas com por pelo pela para pra
  sobre desde até eu você ele ela nós vocês eles elas me te lhe meu minha meus minhas seu sua este esta isso isto é são
  era foi ser está estão estou tem têm tinha há muito também mais já hoje ontem olá oi obrigado favor quem alguém
  و في من على إلى عن مع أن إن أنا نحن هو هي هم أنت هذا هذه ذلك التي الذي ما ماذا هل كان كانت قد ثم أو لكن يا كل بعد قبل أمس اليوم جماعة شباب
  का की के को में से पर ने और या लेकिन कि जो यह ये वह वो मैं मैंने मुझे मेरा मेरी मेरे हम हमें आप आपका आपकी तो भी ही है हैं था थी
  थे हूँ हो पा कर एक इस उस कृपया नमस्ते क्या क्यों कब कोई जब अब आज कल बहुत`
const EDGE_WORDS = wordsOf(EDGES)

/** What people write around a thing said, of what they think, see, want or try, or when: no phrase begins or ends there. */
const AROUND = `
  think thought guess believe know see saw seem seems look looks looking use using want wanted need needed wonder wondering
  hope try trying tried say says said although though when whether where unless yet still long help got get getting let keep keeps
  glaube denke finde weiß sehe scheint will möchte brauche versuche sage sagt hoffe obwohl sobald während bevor nachdem immer
  creo pienso veo parece quiero necesito intento dice dicen dónde aunque mientras sigo ahora mismo
  crois pense vois sais semble veux voudrais essaie dit moment lorsque alors toujours encore maintenant
  credo penso vedo sembra voglio vorrei provo cerco dice mentre ancora sempre adesso proprio
  acho penso vejo sei parece quero preciso tento diz enquanto mesmo ainda cadê agora
  أظن أعتقد أرى أعرف أريد أحاول يقول عندما لأن رغم وأنا زلت حتى الآن بصراحة
  लगता लगा सोचता देखता चाहता जबकि क्योंकि बार कई यूँ भाई हर कहीं अभी`
const AROUND_WORDS = wordsOf(AROUND)

/** Auxiliaries that stand last where a clause has them last, so that it is whole only with them. */
const CLOSING_WORDS = wordsOf('habe haben hat hatte ist sind bin war waren wird werden wurde wurden')
/** Auxiliaries of Hindi: what follows them is said apart. */
const ENDING_WORDS = wordsOf('है हैं था थी थे हूँ')
/** Words that belong to the one before: postpositions, auxiliaries and parted prefixes. */
const LEANS_BACK = wordsOf(`
  up off out ago ab fa में से पर को का की के ने तक है हैं था थी थे हूँ हो कर पा रहा रही रहे रहता रहती रहते गया गई गए दिया दी दिए किया जाता जाती जाते हुआ हुई हुए`)
/** What a question asks of, after a "can't" or "hasn't" that begins it. */
const SUBJECTS = wordsOf('i you he she it we they my your our the this that there')

/** What makes a report of it: something does not happen. Contractions are joined, as `words` of `text` does. */
const NEGATIONS = `
  no not never nothing none without cant cannot wont doesnt dont didnt isnt wasnt arent werent havent hasnt couldnt wouldnt
  nicht nie kein keine keinen keinem keiner nichts nirgends
  nunca nada ningún ninguna sin jamás
  pas jamais rien aucun aucune sans
  non mai niente nessun nessuna senza
  não nunca nenhum nenhuma sem
  لا لم لن ليس ليست بدون ولا ولم
  नहीं न मत बिना`
const NEGATION_WORDS = wordsOf(NEGATIONS)
/** Those that may come last. */
const LAST_NEGATIONS = wordsOf('nicht nichts nothing pas rien nada niente nirgends')

/** Words that join two things said: a phrase says one. */
const JOINTS = wordsOf(`
  and but or although though because while und aber oder sondern obwohl weil während y pero o aunque porque mientras
  et mais ou alors car ma e perché mentre mas porque enquanto और लेकिन या जबकि क्योंकि لكن أو لأن وأنا`)

export const joinsTwo = (word: string): boolean => JOINTS.has(word)

export const isNegation = (word: string): boolean => NEGATION_WORDS.has(word)

/** What a question turned round begins with, before its subject. */
const ASKING = wordsOf('will would does did do can could should')

/** Empty words that tell something all the same: how often, and that it is new. */
const TELLING = wordsOf(`
  two twice three new latest zwei zweimal drei neu neue neuen neues dos tres nueva nuevo última último deux trois nouvelle
  dernière due tre nuova ultimo ultima duas dois três nova novo مرتين दो नया नई`)
/** Words that make what follows a part of something else. */
const PREPOSITIONS = wordsOf(`
  of in on at for from with by into about after before since until in im an am auf aus bei beim mit nach seit von vom für
  über unter um durch zum zur en de del al con por para sobre desde du dans sur sous avec pour par chez depuis aux
  di dei della delle dal dalla alla nel nella su sul sulla per tra fra do da dos das em no na nos nas com pelo pela pra
  في من على إلى عن مع منذ`)

export const isTelling = (word: string): boolean => TELLING.has(word)

export const isPreposition = (word: string): boolean => PREPOSITIONS.has(word)

/** Whether what follows is the rest of a question: "will my". */
export const asks = (word: string, next: string): boolean => ASKING.has(word) && SUBJECTS.has(next)

/** Whether a phrase may begin with the word, which stands before `next`; a question turned round is no phrase. */
export const mayBegin = (word: string, next: string | undefined): boolean =>
  NEGATION_WORDS.has(word)
    ? !word.endsWith('nt') || next === undefined || !SUBJECTS.has(next)
    : !EDGE_WORDS.has(word) && !AROUND_WORDS.has(word) && !LEANS_BACK.has(word)

/** Whether a phrase may end with the word, which stands before `next`, or last in its clause. */
export const mayEnd = (word: string, next: string | undefined): boolean => {
  if (next !== undefined && LEANS_BACK.has(next)) return false
  if (NEGATION_WORDS.has(word)) return LAST_NEGATIONS.has(word)
  if (CLOSING_WORDS.has(word)) return next === undefined
  return ENDING_WORDS.has(word) || (!EDGE_WORDS.has(word) && !AROUND_WORDS.has(word))
}
