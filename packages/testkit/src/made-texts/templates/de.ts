import type { TemplateBook } from '../template-book.ts'

export const de: TemplateBook = {
  lang: 'de',
  openers: ['', '', 'hallo, ', 'mal ehrlich, ', 'leute, ', 'gerade jetzt: ', 'geht das nur mir so? '],
  closers: ['', '', '.', ', bitte helfen', '!!', ', was ist da los?', ', bitte beheben'],
  sentences: {
    checkout: [
      '{die|eure} kasse {hängt|friert ein|lädt ewig} {nach dem bezahlen|beim bezahlen|wenn ich die karte eingebe}',
      'ich kann {meine bestellung|den einkauf|den kauf} nicht {abschließen|beenden}, die {bezahlseite|kasse} {bleibt leer|zeigt einen fehler|lädt nicht}',
    ],
    'double-charge': [
      '{ihr habt|der shop hat} {mir|meiner karte|meinem konto} {dieselbe|eine einzige|die} bestellung doppelt abgebucht',
      '{auf dem konto stehen|ich sehe} zwei {abbuchungen|belastungen|zahlungen}, obwohl ich nur {einmal bestellt|einmal gekauft} habe',
    ],
    'late-parcel': [
      'mein paket {sollte montag|sollte letzte woche|sollte vor drei tagen} kommen und {ist immer noch nicht da|kam nie an}',
      '{warte noch auf|wo bleibt} mein paket, die sendungsverfolgung {steht still|zeigt nichts|sagt unterwegs} {seit tagen|seit freitag}',
    ],
    login: [
      'ich kann mich {nicht anmelden|nicht einloggen} {mit meinem passwort|seit heute früh|in meinem konto}',
      'der {anmeldecode|anmeldelink|login code} {kommt nie an|funktioniert nicht|ist abgelaufen}, ich bin aus meinem konto {ausgesperrt|raus}',
    ],
    crash: [
      'die app {stürzt ab|schließt sich|bricht ab} {beim start|sobald ich sie öffne|jedes mal} {seit dem update|auf meinem handy|heute}',
      '{die neue version|das letzte update} der app {stürzt ständig ab|öffnet nicht|zeigt nur weiß} {auf android|auf dem iphone|bei mir}',
    ],
    refund: [
      'meine erstattung {ist nicht da|fehlt|kam nie} {nach zwei wochen|seit märz|obwohl versprochen}',
      'ich habe {die schuhe|alles|die jacke} zurückgeschickt und {immer noch kein geld|keine erstattung} {bekommen|gesehen}',
    ],
    voucher: [
      'der {rabattcode|gutschein|aktionscode} {wird abgelehnt|gilt nicht|ist ungültig} {im warenkorb|an der kasse|obwohl er neu ist}',
      'ihr {werbt mit|versprecht} {20|30} prozent und der {gutschein|code} {zieht nichts ab|bringt einen fehler|geht nicht}',
    ],
    'cancelled-order': [
      'ihr habt meine bestellung storniert, {ohne ein wort|ohne grund|einfach so}, {heute früh|nach dem bezahlen|gestern}',
      '{meine bestellung wurde|alle bestellungen wurden} {von euch|vom shop} storniert und {keiner sagt warum|niemand erklärt es}',
    ],
    damaged: [
      '{das glas|die lampe|der teller} kam {zerbrochen|kaputt|in scherben} {an|im karton an|schon wieder an}',
      '{die ware|die vase|der spiegel} ist {zerkratzt|gesprungen|beschädigt}, der karton war {zerdrückt|zerrissen|nass}',
    ],
    'no-confirmation': [
      'ich habe bezahlt und keine {bestätigung|bestellnummer|quittung} bekommen, {per mail nichts|gar nichts|bisher nichts}',
      'das geld {ist weg|wurde abgebucht}, aber keine {bestätigungsmail|bestellbestätigung} {im postfach|im konto|nirgends}',
    ],
    'opening-hours': [
      'wann {öffnet|schließt} die filiale {am bahnhof|in der stadt|im norden} {am sonntag|heute|an feiertagen}',
      'hat der laden {samstag abend|an ostern|morgen} {offen|geöffnet|zu}',
    ],
    sizes: [
      'gibt es {die jacke|das hemd|den mantel} {in klein|in groß|in xl} {und in blau|auch|dieses jahr}',
      'welche größe {passt|soll ich nehmen} {bei 180 cm|für ein kind von sechs|zwischen m und l}',
    ],
    'gift-wrap': [
      'könnt ihr {das buch|das spielzeug|es} {als geschenk|zum geburtstag|mit karte} einpacken',
      'ist {geschenkpapier|eine grußkarte} {kostenlos|möglich} {für zwei teile|im laden|online}',
    ],
    thanks: [
      '{danke|vielen dank} für die {schnelle|nette|tolle} {hilfe|antwort|lieferung} {heute|gestern|wieder}',
      'die neue {jacke|lampe|tasche} ist {perfekt|wunderschön}, {tolle qualität|schöne farbe|sitzt super}',
    ],
  },
}
