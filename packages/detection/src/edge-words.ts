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
const JOINTS = wordsOf('and but or und aber oder sondern y pero o et mais ou ma e mas और लेकिन या لكن أو')

export const joinsTwo = (word: string): boolean => JOINTS.has(word)

export const isNegation = (word: string): boolean => NEGATION_WORDS.has(word)

export const mayBegin = (word: string): boolean => !EDGE_WORDS.has(word) || NEGATION_WORDS.has(word)

export const mayEnd = (word: string): boolean =>
  NEGATION_WORDS.has(word) ? LAST_NEGATIONS.has(word) : !EDGE_WORDS.has(word)
