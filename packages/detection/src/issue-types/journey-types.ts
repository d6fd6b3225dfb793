import { type BuiltInType, builtInType } from './built-in-type.ts'

/** Where what was ordered or booked does not happen, comes late, gets lost or is bad. */
export const JOURNEY_TYPES: readonly BuiltInType[] = [
  builtInType('cancelled', 'Cancelled flights, trips or orders', 'access', {
    en: `cancelled|canceled|cancel|cancels|cancelling|canceling|cancellation|cancellations|cancelation|rebook|rebooked|rebooking|reschedule
      |rescheduled|rescheduling|called off|grounded`,
    de: `storniert|stornierung|annulliert|annullierung|gestrichen|abgesagt|absage|fällt aus|ausgefallen|umgebucht|umbuchung|umbuchen`,
    fr: `annulé|annulée|annulés|annulées|annuler|annulation|annulations|supprimé|supprimée|reprogrammé|reprogrammer`,
    es: `cancelado|cancelada|cancelados|canceladas|cancelar|cancelación|cancelaciones|cancelaron|cancelan|reprogramado|reprogramar|anulado|anularon`,
    it: `cancellato|cancellata|cancellati|cancellate|cancellazione|cancellazioni|cancellare|annullato|annullata|annullati|annullamento|soppresso
      |riprogrammare`,
    pt: `cancelado|cancelada|cancelados|canceladas|cancelar|cancelamento|cancelamentos|cancelaram|remarcar|remarcado|remarcação`,
    hi: `रद्द|कैंसिल|कैंसल|निरस्त`,
    ar: `ملغى|ملغاة|إلغاء|الغاء|ألغيت|الغيت|ألغيتم|تم إلغاء|تم الغاء`,
  }),
  builtInType('delay', 'Delays and waiting', 'none', {
    en: `delay|delays|delayed|delaying|late|hours late|behind schedule|waiting|waited|still waiting|been waiting|wait time|hour wait|hours wait
      |sitting on|sitting here|stuck|stranded|tarmac|runway|missed my connection|missed connection|missed my flight|missed my train|missed flight
      |miss my|overdue|long line|long lines|long queue|queue|taking forever|takes forever|for hours`,
    de: `verspätet|verspätung|verspätungen|warte|warten|wartet|wartezeit|wartezeiten|seit stunden|stundenlang|zu spät|sitze fest|sitzen fest
      |gestrandet|schlange stehen|anschluss verpasst|überfällig`,
    fr: `retard|retards|retardé|retardée|en retard|attente|attend|attends|j'attends|attendons|depuis des heures|bloqués|coincé|coincés|file d'attente
      |correspondance manquée|raté ma correspondance`,
    es: `retraso|retrasos|retrasado|retrasada|demora|demoras|demorado|esperando|espera|llevo horas|horas de espera|varado|varados|atrapados
      |llega tarde|muy tarde|perdí mi vuelo|perdí la conexión`,
    it: `ritardo|ritardi|in ritardo|ritardato|attesa|attese|aspetto|aspettando|aspettiamo|da ore|ore di attesa|bloccati|fermi|in coda|persa la coincidenza`,
    pt: `atraso|atrasos|atrasado|atrasada|atrasados|demora|demorando|demorado|esperando|espera|há horas|horas de espera|preso no|presos|fila
      |perdi a conexão|perdi o voo`,
    hi: `देरी|देर|लेट|इंतज़ार|इंतजार|घंटों से|फंसे|विलंब`,
    ar: `تأخير|تأخر|تاخير|متأخر|متأخرة|متاخر|انتظار|أنتظر|ننتظر|من ساعات|منذ ساعات|عالق|عالقين|طابور`,
  }),
  builtInType('lost-item', 'Lost or damaged baggage and parcels', 'access', {
    en: `bag|bags|baggage|luggage|suitcase|suitcases|carousel|lost my|lost bag|lost luggage|lost package|lost parcel|parcel|parcels|package|packages
      |damaged|damage|never arrived|never showed up|went missing|gone missing|stroller|belongings|wrong address`,
    de: `gepäck|koffer|tasche weg|paket|pakete|päckchen|beschädigt|nicht angekommen|nie angekommen|verloren gegangen|verschollen|gepäckband`,
    fr: `bagage|bagages|valise|valises|colis|endommagé|endommagée|abîmé|jamais arrivé|pas arrivé|perdu ma|perdu mon|égaré|égarée`,
    es: `equipaje|equipajes|maleta|maletas|paquete|paquetes|dañado|dañada|nunca llegó|no llegó|no ha llegado|perdieron mi|extraviado|extraviada`,
    it: `bagaglio|bagagli|valigia|valigie|valige|pacco|pacchi|danneggiato|danneggiata|mai arrivato|non è arrivato|perso la|smarrito|smarrita`,
    pt: `bagagem|bagagens|minha mala|malas|pacote|pacotes|encomenda|encomendas|danificado|danificada|nunca chegou|não chegou|extraviada
      |extraviado|perderam minha`,
    hi: `सामान|बैग|सूटकेस|पार्सल|पैकेट|टूटा हुआ|नहीं पहुंचा|खो गया|खो दिया`,
    ar: `أمتعة|الأمتعة|امتعتي|حقيبة|حقيبتي|شنطة|شنطتي|طرد|الطرد|تالف|لم يصل|ما وصل|ضاعت|مفقودة`,
  }),
  builtInType('delivery', 'Deliveries fail', 'access', {
    en: `delivery|deliveries|delivered|deliver|not delivered|missed delivery|courier|delivery driver|shipping|shipped|shipment|shipments|tracking
      |in transit|dispatch|dispatched|out for delivery|marked as delivered`,
    de: `lieferung|lieferungen|geliefert|lieferdienst|liefertermin|zustellung|zugestellt|versand|versendet|verschickt|sendung|sendungsverfolgung
      |kurier|fahrer|bote`,
    fr: `livraison|livraisons|livré|livrée|livreur|livrer|expédition|expédié|expédiée|suivi de colis|numéro de suivi|en transit`,
    es: `entrega|entregas|entregado|entregaron|entregar|envío|envíos|enviado|repartidor|mensajero|seguimiento|en tránsito`,
    it: `consegna|consegne|consegnato|consegnata|consegnare|spedizione|spedizioni|spedito|corriere|tracciamento|in transito`,
    pt: `entrega|entregas|entregue|entregaram|entregador|envio|enviado|rastreio|rastreamento|transportadora|em trânsito`,
    hi: `डिलीवरी|डिलीवर|डिलिवरी|कूरियर|शिपमेंट|ट्रैकिंग`,
    ar: `توصيل|التوصيل|شحن|الشحن|شحنة|شحنتي|المندوب|تتبع الشحنة|تسليم`,
  }),
  builtInType('booking', 'Bookings and reservations go wrong', 'access', {
    en: `booking|bookings|booked|rebooking|reservation|reservations|reserved|reserve|can't book|cannot book|unable to book|trying to book|book a
      |overbooked|oversold|itinerary|seat assignment|seat assignments|assigned seats|my seat|our seats|boarding pass|check in|checkin|upgrade`,
    de: `buchung|buchungen|gebucht|buchen|reservierung|reserviert|überbucht|sitzplatz|sitzplätze|bordkarte|einchecken|umbuchung`,
    fr: `réservation|réservations|réservé|réserver|surbooking|surréservation|mon siège|carte d'embarquement|enregistrement`,
    es: `reserva|reservas|reservé|reservar|reservación|sobreventa|mi asiento|asientos|tarjeta de embarque|check-in`,
    it: `prenotazione|prenotazioni|prenotato|prenotare|overbooking|mio posto|posti assegnati|carta d'imbarco`,
    pt: `reserva|reservas|reservei|reservar|overbooking|meu assento|assentos|cartão de embarque|marcação`,
    hi: `बुकिंग|बुक नहीं|बुक किया|आरक्षण|सीट`,
    ar: `حجز|الحجز|حجزت|حجوزات|مقعد|مقعدي|بطاقة الصعود`,
  }),
  builtInType('quality', 'Product is faulty or wrong', 'none', {
    en: `broken|broke|defective|defect|faulty|wrong item|wrong size|wrong product|wrong order|missing items|missing item|poor quality|bad quality
      |terrible quality|cheap quality|fell apart|dirty|filthy|disgusting|stale|mouldy|moldy|inedible|uncomfortable|stopped working after`,
    de: `kaputt|defekt|mangelhaft|falscher artikel|falsche größe|falsche ware|schlechte qualität|miese qualität|schmutzig|dreckig|ekelhaft
      |verschimmelt|ungenießbar`,
    fr: `cassé|cassée|défectueux|défectueuse|mauvais article|mauvaise taille|mauvaise qualité|sale|dégoûtant|moisi|immangeable`,
    es: `roto|rota|defectuoso|defectuosa|artículo equivocado|talla equivocada|producto equivocado|mala calidad|sucio|sucia|asqueroso|incomible`,
    it: `rotto|rotta|difettoso|difettosa|articolo sbagliato|taglia sbagliata|prodotto sbagliato|scarsa qualità|sporco|sporca|schifoso|ammuffito`,
    pt: `quebrado|quebrada|defeituoso|com defeito|produto errado|tamanho errado|item errado|má qualidade|péssima qualidade|sujo|suja|nojento|mofado`,
    hi: `खराब|टूटा|टूटी|गलत सामान|गलत साइज़|घटिया|गंदा|गंदी`,
    ar: `مكسور|مكسورة|معيب|منتج خطأ|مقاس خطأ|جودة سيئة|رديء|رديئة|وسخ|قذر`,
  }),
]
