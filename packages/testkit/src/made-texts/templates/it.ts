import type { TemplateBook } from '../template-book.ts'

export const it: TemplateBook = {
  lang: 'it',
  openers: ['', '', 'salve, ', 'seriamente, ', 'ragazzi, ', 'proprio adesso ', 'capita solo a me? '],
  closers: ['', '', '.', ', aiuto per favore', '!!', ', che succede?', ', sistemate'],
  sentences: {
    checkout: [
      '{la|la vostra} pagina di pagamento {si blocca|si congela|gira a vuoto} {quando premo paga|all’ultimo passo|quando metto la carta}',
      'non riesco a {finire|completare} {il mio ordine|l’acquisto}, la pagina di pagamento {resta bianca|dà errore|non carica}',
    ],
    'double-charge': [
      '{mi avete|mi hanno} addebitato due volte {lo stesso|un solo} {ordine|acquisto}',
      '{ci sono due|vedo due} {addebiti|pagamenti} {sul conto|sulla carta} ma ho {comprato|ordinato} una volta sola',
    ],
    'late-parcel': [
      'il mio pacco {doveva arrivare|era previsto} {lunedì|la settimana scorsa|tre giorni fa} e {non è ancora arrivato|non è mai arrivato}',
      '{aspetto ancora|dov’è} il mio pacco, il tracciamento {è fermo|non mostra nulla|dice in transito} {da giorni|da venerdì}',
    ],
    login: [
      'non riesco ad {accedere|entrare} {al mio account|con la mia password|da stamattina}',
      'il {codice|link} di accesso {non arriva|non funziona|è scaduto}, sono {bloccato|chiuso} fuori dal mio account',
    ],
    crash: [
      "l'app {si chiude|va in crash|si blocca} {all’avvio|appena la apro|ogni volta} {dopo l’aggiornamento|sul mio telefono|oggi}",
      "{la nuova versione|l'ultimo aggiornamento} dell'app {si chiude sempre|non si apre|resta bianca} {su android|su iphone|da me}",
    ],
    refund: [
      'il mio rimborso {non è arrivato|manca|non è mai arrivato} {dopo due settimane|da marzo|come promesso}',
      'ho {restituito|rispedito} {le scarpe|tutto|la giacca} e {ancora nessun rimborso|non rivedo i soldi}',
    ],
    voucher: [
      'il codice {sconto|promo} {viene rifiutato|non funziona|non è valido} {nel carrello|alla cassa|anche se è nuovo}',
      '{pubblicizzate|promettete} il {20|30} per cento e il codice {sconto|promo} {non toglie nulla|dà errore|non va}',
    ],
    'cancelled-order': [
      'avete annullato il mio ordine {senza dire nulla|senza motivo|così} {stamattina|dopo il pagamento|ieri}',
      '{il mio ordine è stato annullato|tutti i miei ordini sono stati annullati} e {nessuno dice perché|nessuno spiega}',
    ],
    damaged: [
      '{il bicchiere|il lampadario|il piatto} è arrivato {rotto|spaccato|a pezzi} {nella scatola|di nuovo|oggi}',
      "{l'articolo|il vaso|lo specchio} è {graffiato|rotto|danneggiato}, la scatola era {schiacciata|strappata|bagnata}",
    ],
    'no-confirmation': [
      'ho pagato e non ho ricevuto {la conferma|il numero d’ordine|la ricevuta} {per mail|per niente|finora}',
      'i soldi {sono usciti|sono spariti} ma non c’è {la mail di conferma|la conferma d’ordine} {nella posta|nel mio account|da nessuna parte}',
    ],
    'opening-hours': [
      'a che ora {apre|chiude} il negozio {in centro|della stazione|nord} {domenica|oggi|nei festivi}?',
      'il negozio è {aperto|chiuso} {sabato sera|a pasqua|domani}?',
    ],
    sizes: [
      '{la giacca|la camicia|il cappotto} c’è in {piccolo|grande|xl} {e in blu|anche|quest’anno}?',
      'che taglia {mi sta|devo prendere} {con 180 cm|per un bimbo di sei anni|tra m e l}?',
    ],
    'gift-wrap': [
      'potete incartare {il libro|il giocattolo} {come regalo|per un compleanno|con biglietto}?',
      '{la carta regalo|il biglietto} è {gratis|possibile} {per due cose|in negozio|online}?',
    ],
    thanks: [
      "{grazie|grazie mille} per {l'aiuto|la risposta|la consegna} {veloce|gentile|ottima} {oggi|ieri|di nuovo}",
      'adoro la nuova {giacca|lampada|borsa}, {che qualità|bel colore|veste benissimo}',
    ],
  },
}
