import type { IssueTypeRules } from '@outcry/contracts'

type BuiltIn = Pick<IssueTypeRules, 'id' | 'label' | 'terms'> & { harm: NonNullable<IssueTypeRules['harm']> }

const type = (id: string, label: string, harm: BuiltIn['harm'], terms: string): BuiltIn => ({
  id,
  label,
  harm,
  terms: terms.split(/[|\n]/).flatMap((term) => (term.trim() ? [term.trim()] : [])),
})

/**
 * What customers most often complain about, with words for it in English, German, French, Spanish, Italian, Portuguese,
 * Hindi and Arabic. Written by hand for Outcry; no data set was used.
 */
export const BUILT_IN_ISSUE_TYPES: readonly BuiltIn[] = [
  type(
    'checkout',
    'Checkout fails',
    'money',
    `checkout|check out fails|basket|shopping cart|place an order|place my order|cannot order|can't order|complete my purchase
     cart is empty|kasse|warenkorb|bestellung abschließen|panier|passer commande|finaliser la commande|carrito|finalizar la compra
     carrello|completare l'ordine|carrinho|finalizar a compra|चेकआउट|ऑर्डर नहीं हो रहा|سلة|إتمام الطلب`,
  ),
  type(
    'payment',
    'Payment not confirmed or declined',
    'money',
    `payment failed|payment declined|declined|payment pending|not confirmed|charged twice|double charged|card rejected|payment rejected
     payment not working|cannot pay|can't pay|paid but|transaction failed|transfer failed|transfer pending|transfer declined|zahlung
     abgebucht|doppelt belastet|überweisung|paiement|débité|virement|pago|cobro|cobrado|transferencia|pagamento|addebito|addebitato
     bonifico|cobrança|transferência|भुगतान|पेमेंट|पैसे कट|دفع|خصم المبلغ|تحويل`,
  ),
  type(
    'discount',
    'Discount or price is wrong',
    'money',
    `discount|promo code|coupon|voucher|wrong price|overcharged|rabatt|gutschein|falscher preis|remise|code promo|bon d'achat
     descuento|cupón|código promocional|sconto|buono|codice sconto|desconto|cupom|छूट|कूपन|خصم|كوبون|قسيمة`,
  ),
  type(
    'balance',
    'Balance is wrong or money is missing',
    'money',
    `balance|money missing|missing money|money gone|money disappeared|wrong amount|not credited|top up|topup|saldo|kontostand
     geld fehlt|guthaben|solde|argent disparu|saldo incorrecto|dinero desaparecido|soldi spariti|saldo errado|dinheiro sumiu|बैलेंस
     पैसे गायब|رصيد|نقود مفقودة`,
  ),
  type(
    'refund',
    'Refunds do not arrive',
    'money',
    `refund|refunds|refunded|money back|reimburse|reimbursement|compensation|erstattung|rückerstattung|geld zurück|entschädigung
     remboursement|rembourser|rembourse|reembolso|devolución|devolver el dinero|rimborso|rimborsare|estorno|dinheiro de volta|रिफंड
     पैसे वापस|استرداد|استرجاع`,
  ),
  type(
    'cancelled',
    'Cancelled flights, trips or orders',
    'access',
    `cancelled|canceled|cancel|cancelling|canceling|cancellation|cancellations|cancelled flight|flight cancelled|rebook|rebooked|rebooking
     storniert|annulliert|gestrichen|abgesagt|ausgefallen|annulé|annulation|annulés|cancelado|cancelada|cancelación|cancelaron|cancellato
     cancellazione|annullato|cancelamento|cancelaram|रद्द|कैंसिल|ملغى|إلغاء|ألغيت`,
  ),
  type(
    'delay',
    'Delays and waiting',
    'none',
    `delay|delayed|delays|late|hours late|waiting|still waiting|been waiting|stuck|tarmac|stranded|missed my connection|missed connection
     missed flight|sitting on|overdue|verspätet|verspätung|warte|wartezeit|seit stunden|zu spät|retard|retardé|attente|j'attends|en retard
     retraso|retrasado|esperando|demora|tarde|ritardo|in ritardo|aspettando|attesa|atraso|atrasado|देरी|लेट|इंतज़ार|تأخير|متأخر|انتظار`,
  ),
  type(
    'outage',
    'Service is down',
    'access',
    `outage|down|is down|not working|doesn't work|does not work|stopped working|offline|unavailable|no signal|no internet|no service
     server error|servers are down|error message|störung|ausfall|funktioniert nicht|geht nicht|kein internet|kein empfang|panne|en panne
     ne marche pas|ne fonctionne pas|hors service|caído|no funciona|sin servicio|sin internet|fuori servizio|non funziona|disservizio
     fora do ar|não funciona|sem sinal|sem internet|बंद है|काम नहीं|सर्वर डाउन|معطل|لا يعمل|عطل|انقطاع`,
  ),
  type(
    'login',
    'People cannot sign in',
    'access',
    `login|log in|logging in|sign in|signing in|logged out|locked out|password|passcode|verification code|authentication|two factor
     account locked|cannot access my account|can't access my account|anmelden|einloggen|passwort|konto gesperrt|connexion|me connecter
     mot de passe|compte bloqué|iniciar sesión|contraseña|cuenta bloqueada|accedere|accesso|password dimenticata|account bloccato
     fazer login|senha|conta bloqueada|लॉगिन|पासवर्ड|تسجيل الدخول|كلمة المرور|كلمة السر`,
  ),
  type(
    'app',
    'App or website breaks',
    'access',
    `app|website|web site|site is down|crash|crashes|crashed|crashing|freezes|frozen|bug|glitch|update broke|latest update|won't load
     not loading|won't open|webseite|abstürz|stürzt ab|abgestürzt|plante|application|site web|bloqué sur|aplicación|página web|se cierra
     si blocca|sito|applicazione|aplicativo|trava|site não|ऐप|वेबसाइट|क्रैश|تطبيق|الموقع|يتوقف`,
  ),
  type(
    'lost-item',
    'Lost or damaged baggage and parcels',
    'access',
    `bag|bags|baggage|luggage|suitcase|lost my|lost bag|lost luggage|damaged|carousel|parcel|package|never arrived|gepäck|koffer|paket
     beschädigt|nicht angekommen|bagage|bagages|valise|colis|endommagé|equipaje|maleta|paquete|dañado|bagaglio|bagagli|valigia|pacco
     danneggiato|bagagem|mala|pacote|encomenda|danificado|सामान|बैग|पार्सल|أمتعة|حقيبة|طرد`,
  ),
  type(
    'delivery',
    'Deliveries fail',
    'access',
    `delivery|deliveries|delivered|not delivered|courier|shipping|shipment|tracking|dispatch|lieferung|geliefert|zustellung|versand|livraison
     livré|livreur|expédition|entrega|entregado|envío|repartidor|consegna|consegnato|spedizione|corriere|entregue|envio|डिलीवरी|कूरियर
     توصيل|شحن|شحنة`,
  ),
  type(
    'support',
    'Support cannot be reached',
    'none',
    `on hold|hold|hung up|hang up|no answer|no one answers|nobody answers|no response|no reply|not responding|never replied|customer service
     customer support|call center|call centre|helpline|phone line|phone lines|busy signal|disconnected|get through|speak to|talk to a person
     agent|agents|representative|rep|warteschleife|kundenservice|kundendienst|hotline|niemand antwortet|keine antwort|service client
     aucune réponse|personne ne répond|injoignable|atención al cliente|nadie responde|no contestan|sin respuesta|servizio clienti
     nessuno risponde|nessuna risposta|atendimento|ninguém responde|sem resposta|कस्टमर केयर|कोई जवाब|خدمة العملاء|لا أحد يرد|لا يرد`,
  ),
  type(
    'staff',
    'Rude or unhelpful staff',
    'none',
    `rude|rude staff|unhelpful|attitude|crew|gate agent|flight attendant|disrespectful|unprofessional|worst service|poor service|bad service
     terrible service|horrible service|awful service|unhöflich|unfreundlich|impoli|désagréable|mal poli|grosero|maleducado|mala atención
     scortese|maleducati|grosseiro|mal educado|mau atendimento|बदतमीज़|खराब सेवा|وقح|سوء معاملة|خدمة سيئة`,
  ),
  type(
    'booking',
    'Bookings and reservations go wrong',
    'access',
    `booking|bookings|reservation|reservations|book a|can't book|cannot book|overbooked|itinerary|seat assignment|boarding pass|buchung
     reservierung|überbucht|réservation|surbooking|surréservation|reserva|sobreventa|prenotazione|बुकिंग|आरक्षण|حجز`,
  ),
  type(
    'quality',
    'Product is faulty or wrong',
    'none',
    `broken|defective|faulty|wrong item|wrong size|poor quality|bad quality|fell apart|kaputt|defekt|mangelhaft|falscher artikel|cassé
     défectueux|mauvaise qualité|roto|defectuoso|mala calidad|rotto|difettoso|scarsa qualità|quebrado|defeituoso|má qualidade|खराब
     टूटा|مكسور|معيب`,
  ),
  type(
    'safety',
    'Somebody may get hurt',
    'safety',
    `unsafe|dangerous|injured|injury|hurt|caught fire|on fire|smoke|exploded|explosion|electric shock|allergic|food poisoning|sick after
     poisoned|contaminated|recall|gefährlich|verletzt|brennt|explodiert|vergiftet|lebensmittelvergiftung|dangereux|blessé|prend feu
     intoxication|intoxiqué|peligroso|herido|incendio|intoxicación|pericoloso|ferito|a fuoco|intossicazione|perigoso|pegou fogo|ferido
     intoxicação|खतरनाक|आग|घायल|خطير|حريق|إصابة|تسمم`,
  ),
  type(
    'privacy',
    'Personal data is exposed',
    'privacy',
    `data breach|data leak|leaked|hacked|breach|someone else's account|someone else's data|privacy|personal data|compromised|datenleck
     gehackt|datenschutz|fremde daten|fuite de données|piraté|données personnelles|filtración de datos|hackeado|datos personales
     violazione dei dati|hackerato|dati personali|vazamento de dados|invadida|dados pessoais|हैक|डेटा लीक|اختراق|تسريب|بيانات شخصية`,
  ),
  type(
    'fraud',
    'Fraud and unknown charges',
    'money',
    `fraud|scam|scammed|phishing|unauthorised|unauthorized|unknown charge|don't recognise|don't recognize|did not make|stolen|betrug
     betrogen|unbekannte abbuchung|arnaque|fraude|escroquerie|estafa|cargo desconocido|truffa|truffato|addebito sconosciuto|golpe
     cobrança desconhecida|धोखा|फ्रॉड|احتيال|نصب`,
  ),
]
