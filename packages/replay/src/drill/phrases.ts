/** Ways to say one thing in one language; a text is one of each part, so that hundreds of people differ. */
export type Phrases = {
  lang: string
  openings: readonly string[]
  cores: readonly string[]
  endings: readonly string[]
}

const EN_OPENINGS = [
  '@{brand}',
  'hey @{brand},',
  '@{brand} seriously,',
  'so @{brand}',
  'hi {brand}',
  '{brand}:',
  'ugh, {brand}',
  'dear @{brand}',
]
const DE_OPENINGS = ['@{brand}', 'hallo @{brand},', 'liebes {brand} team,', 'was ist los {brand}?', '{brand}:']
const ES_OPENINGS = ['@{brand}', 'hola @{brand},', 'oigan {brand},', 'por favor {brand},', '{brand}:']
const FR_OPENINGS = ['@{brand}', 'bonjour @{brand},', 'dites {brand},', 'svp {brand},', '{brand} :']
const PT_OPENINGS = ['@{brand}', 'oi @{brand},', 'gente da {brand},', 'bom dia {brand},', '{brand}:']
const EN_ENDINGS = [
  '',
  'anyone else?',
  'please fix this',
  'second time today',
  'what is going on',
  'help?',
  'tried three times already',
  'on my phone and my laptop',
  'this is so frustrating',
  'any news?',
]
const DE_ENDINGS = [
  '',
  'hat das noch jemand?',
  'bitte beheben',
  'schon zum zweiten mal',
  'was soll das',
  'das nervt',
  'seit einer stunde',
]
const ES_ENDINGS = [
  '',
  '¿a alguien más le pasa?',
  'arréglenlo por favor',
  'ya van dos veces',
  'qué vergüenza',
  'llevo una hora así',
]
const FR_ENDINGS = [
  '',
  'quelqu’un d’autre ?',
  'réparez ça svp',
  'deuxième fois aujourd’hui',
  'c’est pénible',
  'depuis une heure',
]
const PT_ENDINGS = ['', 'mais alguém?', 'resolvam por favor', 'já é a segunda vez', 'que absurdo', 'faz uma hora']

const en = (...cores: string[]): Phrases => ({ lang: 'en', openings: EN_OPENINGS, cores, endings: EN_ENDINGS })
const de = (...cores: string[]): Phrases => ({ lang: 'de', openings: DE_OPENINGS, cores, endings: DE_ENDINGS })
const es = (...cores: string[]): Phrases => ({ lang: 'es', openings: ES_OPENINGS, cores, endings: ES_ENDINGS })
const fr = (...cores: string[]): Phrases => ({ lang: 'fr', openings: FR_OPENINGS, cores, endings: FR_ENDINGS })
const pt = (...cores: string[]): Phrases => ({ lang: 'pt', openings: PT_OPENINGS, cores, endings: PT_ENDINGS })
const calm = (lang: string, ...cores: string[]): Phrases => ({
  lang,
  openings: ['@{brand}', 'hi @{brand},', '{brand}:', 'today at {brand}:', 'about {brand}:'],
  cores,
  endings: ['', 'just saying', '🙂', 'have a nice day', 'thanks', 'as always'],
})

export const CHECKOUT: readonly Phrases[] = [
  en(
    'checkout keeps hanging after I press pay',
    'the checkout page just spins and never loads',
    'cannot check out, the checkout button does nothing',
    'checkout is broken, I get an error at the last step',
    'my cart is full but checkout fails every time',
    'getting error 500 at checkout',
    'checkout times out and empties my cart',
    'stuck at checkout, the page will not load',
  ),
  de(
    'der checkout hängt nach dem bezahlen',
    'die kasse lädt nicht, checkout geht nicht',
    'checkout bricht mit fehler ab',
    'kann den warenkorb nicht bezahlen, checkout fehler',
  ),
  es(
    'el checkout se queda cargando al pagar',
    'no puedo finalizar la compra, error en el checkout',
    'la página de pago no carga en el checkout',
  ),
  fr('le checkout reste bloqué au moment de payer', 'impossible de valider mon panier, erreur au checkout'),
  pt('o checkout trava na hora de pagar', 'não consigo finalizar a compra, erro no checkout'),
]

export const PAYMENT: readonly Phrases[] = [
  en(
    'you charged my card but there is no order confirmation',
    'payment went through but the order is not confirmed',
    'money left my account and my order does not exist',
    'paid twice and still no confirmation email',
    'card charged, order says payment pending',
    'my payment was taken and the order disappeared',
    'charged two times for one order, no confirmation',
  ),
  de(
    'karte belastet aber keine bestellbestätigung',
    'zahlung abgebucht, bestellung nicht bestätigt',
    'geld weg und keine bestätigung',
  ),
  es(
    'me cobraron y no hay confirmación del pedido',
    'el pago salió de mi cuenta pero el pedido no aparece',
    'me cobraron dos veces sin confirmación',
  ),
  fr('carte débitée mais aucune confirmation de commande', 'paiement prélevé, commande non confirmée'),
  pt('cobraram meu cartão e o pedido não foi confirmado', 'o pagamento saiu da conta e não tem confirmação'),
]

export const DISCOUNT: readonly Phrases[] = [
  en(
    'the discount code from your email is not applied',
    'promo code says invalid although it is valid until Sunday',
    'was promised 20 % off and got charged full price',
    'discount disappears when I pay',
    'your voucher code does not work',
    'coupon shows in the cart but the total is full price',
    'the discount is wrong, I paid the full price',
  ),
  de(
    'der rabattcode wird nicht angenommen',
    'rabatt im warenkorb weg, voller preis berechnet',
    'gutscheincode ungültig obwohl er noch gilt',
  ),
  es('el código de descuento no funciona', 'me cobraron el precio completo sin el descuento'),
  fr('le code de réduction ne marche pas', 'la remise disparaît au paiement, prix plein facturé'),
  pt('o código de desconto não funciona', 'cobraram o preço cheio sem o desconto'),
]

export const BALANCE: readonly Phrases[] = [
  en(
    'my account balance is wrong, money is missing',
    'balance shows zero since this morning',
    'the app shows the wrong balance, where is my money',
    'my salary vanished from the balance',
    'account says minus 300 and I did not spend anything',
    'wrong balance and missing transactions',
    'my balance is someone else’s?! money missing',
  ),
  de(
    'mein kontostand ist falsch, es fehlt geld',
    'kontostand zeigt null, wo ist mein geld',
    'falscher kontostand in der app',
  ),
  es('mi saldo está mal, me falta dinero', 'el saldo aparece en cero, dónde está mi dinero'),
  fr('mon solde est faux, il manque de l’argent', 'le solde affiche zéro, où est mon argent'),
  pt('meu saldo está errado, sumiu dinheiro', 'o saldo aparece zerado, cadê meu dinheiro'),
]

export const CANCELLED_FLIGHTS: readonly Phrases[] = [
  en(
    'my flight was cancelled and nobody tells us anything',
    'flight cancelled an hour before departure, no rebooking',
    'third cancelled flight today, stuck at the airport',
    'you cancelled our flight, we need a hotel',
    'cancelled flight and the hotline does not answer',
    'flight cancelled, stranded with two kids',
    'how do I rebook a cancelled flight, the app fails',
  ),
  de(
    'flug gestrichen und keiner sagt etwas',
    'unser flug wurde gestrichen, sitzen am flughafen fest',
    'flug annulliert, keine umbuchung möglich',
  ),
  es(
    'cancelaron mi vuelo y nadie informa nada',
    'vuelo cancelado, varados en el aeropuerto',
    'cancelaron el vuelo sin dar hotel',
  ),
  fr('vol annulé et personne n’informe', 'notre vol est annulé, bloqués à l’aéroport'),
  pt('cancelaram meu voo e ninguém informa nada', 'voo cancelado, presos no aeroporto'),
]

export const TROLLS: readonly Phrases[] = [
  {
    lang: 'en',
    openings: ['@{brand}'],
    cores: ['is a scam, boycott {brand} now, they sell your data, share before they delete this #boycott{brand}'],
    endings: ['', '!!!'],
  },
]

export const PROMOTION: readonly Phrases[] = [
  calm(
    'en',
    'just entered the giveaway, fingers crossed #win{brand}',
    'love this giveaway, best prize ever #win{brand}',
    'I want to win the weekend trip #win{brand}',
    'sharing to win, amazing prizes #win{brand}',
    'count me in for the giveaway #win{brand}',
    'so excited about this contest #win{brand}',
  ),
  calm('es', 'participando en el sorteo, qué ilusión #win{brand}', 'ojalá gane el viaje, gracias #win{brand}'),
  calm('de', 'mache beim gewinnspiel mit, tolle preise #win{brand}', 'drückt mir die daumen #win{brand}'),
]

/** What people say on any day: thanks, questions, and single complaints about many things. */
export const EVERY_DAY: readonly Phrases[] = [
  calm(
    'en',
    'loved the service in the store today',
    'my parcel came early, great job',
    'do you ship to Norway?',
    'new app icon looks good',
    'which size should I order for a 12 year old?',
    'the staff on the phone was so kind',
    'are you open on Sunday?',
    'best coffee near the station is next to your shop',
    'when is the blue one back in stock?',
    'got my order, very happy with it',
    'is there a student price?',
    'your newsletter made me smile',
  ),
  en(
    'my parcel is two days late',
    'the box arrived dented',
    'password reset mail never came',
    'waited twenty minutes on the phone',
    'the app crashed once while I browsed',
    'wrong colour delivered',
    'the zip broke after a week',
    'refund takes ages',
    'too many newsletters, cannot unsubscribe',
    'the store was out of everything',
  ),
  calm(
    'de',
    'super service heute im laden',
    'paket ist schon da, danke',
    'liefert ihr nach österreich?',
    'habt ihr sonntag offen?',
    'wann ist die blaue wieder da?',
  ),
  de('paket kommt zwei tage zu spät', 'karton war beschädigt', 'falsche farbe geliefert'),
  calm(
    'es',
    'muy buena atención en la tienda',
    'el pedido llegó antes, gracias',
    '¿abren el domingo?',
    '¿cuándo vuelve el azul?',
  ),
  es('el paquete llega dos días tarde', 'la caja llegó rota'),
  calm('fr', 'très bon accueil en boutique', 'colis déjà arrivé, merci', 'êtes-vous ouverts dimanche ?'),
  calm('pt', 'ótimo atendimento na loja', 'o pedido chegou antes, obrigado', 'abrem no domingo?'),
]
