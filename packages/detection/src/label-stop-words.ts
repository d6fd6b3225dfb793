import { normalise } from '@outcry/text'

/**
 * Words that say nothing in a label: function words, and what people write around any complaint. Written by hand for
 * Outcry; only labels and terms leave them out, detection reads every word.
 */
const LISTS: Readonly<Record<string, string>> = {
  en: `a about actually after again ago ain't all almost already also although always am amp an and another any anybody
    anymore anyone anything anyway are aren't around as asap ask asked asking at away awful back bad be because been before
    being best better between big bit both but by bye came can can't cannot cant come comes coming constantly could couldn't
    cuz day days dear did didn't do does doesn't doing don't done dont down due during each either else enough ever every
    everyone everything few finally first fix folks for forever from frustrated frustrating fuck fucking fun gave get gets
    getting give given gives giving go god goes going gone gonna good got gotta great guess guys ha had half happen happened
    happening happens hard has hasn't hate have haven't having he hello help her here hers hey hi him his hour hours how i
    i'd i'll i'm i've idk if im in instead into is isn't it it's its ive joke just keep keeps kept kind know last later least
    less let let's lets like literally little lol long look looking looks lot love mad made make makes making many may maybe
    me mean might min mine mins minute minutes month months more morning most much must my myself need needs never new news
    next nice night no nobody none nope nor not nothing now of off oh ok okay old omg on once one ones only or other our ours
    out over own people please pls plz possible pretty put quite rather re really ridiculous right rt said same saw say
    saying says second see seem seems seen seriously several shame she shit should shouldn't show showed showing shows since smh so some somebody
    someone something soon sorry stay still stop stuff such suck sucks sure take taken takes taking team tell telling tells terrible than
    thank thanks that that's thats the their them then there there's theres these they thing things think this those though
    thought three through time times to today together told tomorrow tonight too took totally tried tries try trying twice
    two u ugh um under unacceptable until up upon ur us use used uses using ve very via wait wanna want wants was wasn't way
    we week weeks well went were weren't what what's when where which while who whole why will wish with within without
    won't wont work worked working works worst would wouldn't wow wtf ya yeah year years yes yesterday yet you you're your youre yours`,
  de: `ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits besser bin bis bist
    bitte bleibt da dabei dafür dagegen daher dahin damit danach dann daran darauf das dass davon dazu dein deine dem den
    denn der des deshalb dich die dies diese diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen
    einer eines einfach einmal endlich er erst es etwa etwas euch euer eure fix für ganz gar geht gerade gern gibt ging gut
    guten hab habe haben habt hallo hat hatte hätte heute hier hilfe hin ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
    ins irgendwie ist ja jede jeden jeder jedes jemand jetzt kann kannst kein keine keinem keinen keiner komme kommt könnt
    können könnte leider leute lieber liebe liebes los mach machen macht mal man mehr mein meine meinem meinen meiner mich
    minuten mir mit mich morgen muss müssen nach neu nervt nein nicht nichts nie niemand noch nun nur ob oder ohne paar sage
    sagt sagen schade schlecht schon sehr seid sein seine seit selbst sich sie sind so sogar soll sollte sonst sowas stunde
    stunden tag tage team toll total trotz trotzdem über um und uns unser unsere unter viel viele vielen vielleicht vom von
    vor wann war waren warum was weg weil wenn wer werde werden weshalb wie wieder wieso will wir wird wirklich wo wohl
    wollen wollt wurde wurden würde zu zum zur zwei zwischen`,
  es: `a acá además ahí ahora al algo alguien algún alguna alguno allí año antes aquí arreglen arréglenlo así aún aunque ayer
    ayuda ayudar bien buen buena buenas bueno buenos cada casi como cómo con contra cosa cosas creo cual cuál cuando cuándo
    cuanto da dan de deben debe decir del dentro desde después día días dice dicen donde dónde dos durante e el él ella ellos
    en entonces entre era es esa ese eso esos esta está están estar este esto estos estoy favor fue ha hace hacen hacer hacia
    hago han hasta hay he hola hora horas hoy igual jamás la las le les lleva llevan llevo lo los luego más mal malo me mejor
    menos mes mi minutos mis mismo momento mucha mucho muchos muy nada nadie ni ningún ninguna no nos nosotros nuestra nuestro
    nunca o oigan otra otro otros para parece pasa peor pero poco por porque pues puede pueden puedo que qué quien quién
    quiero sé se sea según semana ser será si sí siempre sido sigue siguen sin sobre solo sólo somos son soy su sus tal
    también tampoco tan tanto te tengo tenemos tener tiempo tiene tienen toda todavía todo todos tras tu tú tus u un una unas
    uno unos usted ustedes va van vaya veces ver vergüenza vez voy y ya yo`,
  fr: `à a ai aide alors an ans après arrive as assez au aucun aucune aujourd'hui aujourd aussi autre autres aux avait avant
    avec avez avoir avons beaucoup bien bon bonjour bonsoir c ça car ce ceci cela celle celui ces cet cette ceux chaque chez
    comme comment d dans de déjà demain depuis dernier derrière des dès deux deuxième dire dit dites dois doit donc du elle
    elles en encore enfin entre es est et étaient était été être eu eux faire fais fait fallait faut font grave heure heures
    hier hui ici il ils j jamais je jour jours juste l la là le les leur leurs lors lui m ma mais mal me même merci mes
    mieux minutes moi moins mois mon n ne ni non nos notre nous on ont ou où oui par parce pareil pas passe pendant pénible
    personne peu peut peux plus plusieurs plutôt pour pourquoi pouvez près problème puis qu quand que quel quelle quelqu
    quelque quelques quels qui quoi rien s sa sans se sera ses si soit son sont sous souvent suis sur svp t ta te tel tes toi
    ton toujours tous tout toute toutes très trop tu un une va vais vers veut veux voici voilà vos votre vous vraiment y`,
  it: `a abbiamo adesso ai aiuto al alla alle allo allora altra altri altro anche ancora anni anno avete aveva basta ben bene
    buon buona buongiorno c che chi ci ciao ciò circa come con così cosa cose cui d da dagli dai dal dalla dalle davvero degli
    dei del della delle dello dentro di dice dire dopo dove dovete due e è ecco ed era essere fa fanno fare fate fino forse fra
    fuori già gli giorni giorno ha hai hanno ho i ieri il in infatti io l la le lei li lo loro lui ma mai male me meglio
    meno mentre mesi mi mia mie miei mio minuti molto ne nei nel nella nelle nemmeno nessun nessuna nessuno niente no noi non
    nostra nostro nulla o oggi ogni oltre ora ore ormai per perché peggio però più po poco poi possibile posso prego prima
    proprio può qual quale qualcosa qualcuno quando quanto quasi quei quella quelle quello questa queste questi questo qui
    quindi sarà se sei sempre senza settimana si sì sia siamo siete sono sotto sta stanno state stato su sua subito sue sugli
    sui sul sulla suo te tempo ti tra troppo tu tua tuo tutta tutte tutti tutto un una uno va vergogna verso vi via voi volta
    volte vorrei vostra vostro`,
  pt: `a à absurdo agora ai aí ainda ajuda além algo alguém algum alguma ali alô amanhã ano anos antes ao aos aquela aquele
    aqui aquilo as às assim até atrás bem boa bom cada cadê coisa com como consegue consigo contra da dá dão das de demais
    dentro depois desde dessa desse desta deste dia dias disse dizem diz dois duas durante e é ela elas ele eles em então
    entre era essa esse esta está estão estar estava este estou eu faz fazem fazer fica ficou fim foi foram gente há hoje
    hora horas horrível i isso isto já jeito la lá lhe lo mais mal mas me meio melhor menos mês mesmo meu meus minha minhas
    minuto minutos muita muito muitos na nada não nas nem nenhum ninguém no nos nós nossa nosso nunca o obrigado obrigada oi
    olá onde ontem os ou outra outro outros para parece pela pelo pior pode podem por porque porquê posso pouco pra precisa
    preciso pro próximo quais qual quando quanto que quê quem quero resolvam saber são se segunda seja sem semana sempre ser
    será seu seus sim só sobre sou sua suas tá tal também tão te tem têm tempo tenho ter teve tinha toda todas todo todos tudo
    um uma umas uns vai vão vem ver vergonha vez vezes você vocês vou`,
  nl: `aan al alle alleen alles als altijd andere ben bent bij bijna daar dag dan dat de deze die dit doe doen door dus een
    eens en er even gaan gaat geen geweest goed haar had hallo heb hebben heeft heel help hem het hier hij hoe hun ik in is
    ja jaar je jij jullie kan kon kunnen maar maken me meer men met mij mijn moet moeten na naar niemand niet niets nog nooit
    nu of om omdat onder ons ook op over paar steeds te tegen toch toen tot tijd u uit uur uw van vandaag veel voor waar
    waarom wanneer want waren was wat we weer wel werd weten wie wij wil willen wordt zal ze zeer zelf zich zij zijn zo
    zonder zou`,
  hi: `aap aapka aapke ab abhi agar aisa aise apna apne aur baad bahut bas bhi bhai bol chahiye diya din do ek fir gaya gaye ha
    hai hain ham hame hi ho hoga hona hota hua hum hume is iska isko itna ja jab jaise jo ka kab kaise kar karna karo karte ke
    ki kiya ko koi kuch kya kyu kyun kyunki le liye log main mat me mein mera mere meri mujhe na nahi nahin ne nhi par pe phir
    raha rahe rahi sab sabhi sakta se sirf tak tha the thi to toh tum use usko wala wale wo woh ya yaar ye yeh अगर अपना अपनी अपने
    अब अभी आज आप आपका आपकी आपके इस इसका इसकी इसके उस उसका एक ऐसा और कब कभी कर करता करते करना करने करो कल का कि किया किसी की कुछ कृपया
    के कैसे को कोई क्या क्यों गई गए गया घंटे चाहिए जब जा जैसे जो तक तो था थी थे दिन दिया दो न नहीं ना ने पर फिर बस बहुत बाद भी मगर में
    मुझे मेरा मेरी मेरे मैं यह यहाँ या ये रहा रही रहे लिए लेकिन लोग वह वाला वाले वे सब सभी समय साथ से हम हमारा हमारी हमें हर ही हुआ
    हुई हूँ है हैं हो होगा होता होना`,
  ar: `أبدا أحد أن أنا أنت أنتم أو أول أي إذا إلا إلى إن اذا اكثر الا الآن الان التي الذي الذين الله الى اليوم ام ان انا انت انه
    او اول اي ايش بس بعد بعض بدون بين تم ثم جدا جدًا حتى حد حل خلال دائما ذا ذلك راح رجاء سوف شو شي شيء صار ضد عشان على علي عليكم
    عن عند عندكم عندما عندي غير فقط في فيه قبل قد كان كانت كل كم كما كيف لا لأن لازم لان لكم لكن لم لما لماذا لن له لها لو لي ليش ليس
    ما ماذا متى مثل مرة مش مع من منذ منكم مو نحن نفس هذا هذه هل هم هنا هناك هو هي و وقت ولا وين يا ياخي يعني يوم`,
  pl: `a albo ale bardzo bez bo być był była były co czemu czy dla do dlaczego go gdy gdzie i ich ja jak jaki jako jest już kiedy
    kto która które który ma mam mi mnie moje może mój na nad nawet nic nie nich nikt no o od on ona pan pani po pod prosze
    proszę przed przez przy się są szybko ta tak tam te tego tej ten teraz to tu tylko tym u w was we wszystko z za ze że żeby`,
  sv: `alla allt att av bara bli blir bra de dem den denna det detta dig din ditt du där då efter eller en er ett fick från för
    få får ge går ha hade han har hej hela helt hjälp hon hur här i idag igen in ingen inget inte jag ju kan kommer kunde man
    med mer mig min mina mitt mot mycket måste ni nu något någon och om oss på sedan ska skulle snälla som så till timmar
    tack under upp ut utan vad var varför varit vem vi vid vill väldigt är än`,
  tr: `acaba ama ancak artık aslında az bana bazı belki ben beni benim bile bir biz bu buna bunu böyle çok da daha de defa değil
    diye en gibi hala hâlâ hem hep hepsi her hiç için ile ise iyi kadar ki kim lütfen mi mı mu mü nasıl ne neden o olan olarak
    olsun oldu olur ona onu sadece saat sen siz sizin sonra şey şu ve var veya ya yani yine yok zaten`,
}

const compact = (word: string): string => normalise(word).replace(/['’]/g, '')

const sets = new Map(
  Object.entries(LISTS).map(([lang, words]) => [lang, new Set(words.split(/\s+/).filter(Boolean).map(compact))]),
)
/** English is mixed into posts everywhere. */
const english = sets.get('en')!

/** Whether a word, as `features` of `text` gives it, says nothing in a label. */
export const isStopWord = (word: string, lang: string): boolean => {
  const plain = normalise(word)
  return plain.length < 2 || /^[\d_]+$/.test(plain) || english.has(plain) || (sets.get(lang)?.has(plain) ?? false)
}
