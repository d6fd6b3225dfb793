import { type BuiltInType, builtInType } from './built-in-type.ts'

/** Where people lose money, or cannot spend it. */
export const MONEY_TYPES: readonly BuiltInType[] = [
  builtInType('checkout', 'Checkout fails', 'money', {
    en: `checkout|check out page|at the till|basket|shopping cart|my cart|cart is empty|place an order|place my order|placing an order
      |cannot order|can't order|unable to order|complete my order|finish my order|complete my purchase|finish my purchase|complete the purchase
      |add to cart`,
    de: `kasse|warenkorb|bestellung abschließen|bestellung aufgeben|bezahlvorgang|kaufvorgang|kann nicht bestellen|kauf abschließen`,
    fr: `panier|passer commande|passer ma commande|finaliser la commande|finaliser ma commande|valider ma commande|valider le panier
      |impossible de commander|passage en caisse`,
    es: `carrito|finalizar la compra|terminar la compra|completar la compra|hacer el pedido|realizar el pedido|hacer un pedido|completar el pedido
      |no puedo comprar|no me deja comprar`,
    it: `carrello|completare l'ordine|concludere l'ordine|completare l'acquisto|fare un ordine|effettuare l'ordine|alla cassa|non riesco a ordinare`,
    pt: `carrinho|finalizar a compra|concluir a compra|finalizar o pedido|fechar o pedido|concluir o pedido|não consigo comprar|fazer o pedido`,
    hi: `चेकआउट|कार्ट|ऑर्डर नहीं हो|ऑर्डर नहीं कर|ऑर्डर पूरा|खरीद नहीं`,
    ar: `سلة|السلة|إتمام الطلب|إتمام الشراء|إكمال الطلب|إنهاء الطلب|صفحة الدفع`,
  }),
  builtInType('payment', 'Payments fail or are taken twice', 'money', {
    en: `payment|payments|declined|card rejected|card refused|card not accepted|charged twice|double charged|charged double|charged me|charged my
      |two charges|debited|cannot pay|can't pay|unable to pay|transaction failed|transfer failed|transfer pending|transfer declined|transfer has not
      |money taken|took my money|taken from my account`,
    de: `zahlung|zahlungen|bezahlung|abgebucht|abbuchung|abbuchungen|doppelt belastet|doppelt berechnet|karte abgelehnt|karte wird abgelehnt
      |überweisung|lastschrift|kann nicht bezahlen|konto belastet`,
    fr: `paiement|paiements|débité|débitée|prélèvement|prélevé|carte refusée|carte est refusée|virement|payer deux fois|facturé deux fois
      |impossible de payer|prélevée`,
    es: `pago|pagos|cobro|cobros|cobrado|cobraron|me cobran|tarjeta rechazada|rechazan la tarjeta|transferencia|cargo doble|doble cargo
      |no puedo pagar|cobrar dos veces`,
    it: `pagamento|pagamenti|addebito|addebiti|addebitato|addebitata|addebitati|carta rifiutata|carta viene rifiutata|bonifico|pagato due volte
      |non riesco a pagare|prelevato`,
    pt: `pagamento|pagamentos|cobrança|cobrado|cobraram|cartão recusado|cartão é recusado|transferência|debitado|cobrança dupla|não consigo pagar
      |cobrado duas vezes|pix`,
    hi: `भुगतान|पेमेंट|पैसे कट|पैसा कट|दो बार कट|कार्ड रिजेक्ट|ट्रांजेक्शन|ट्रांसफर|दो बार पैसे`,
    ar: `الدفع|دفع|دفعت|خصم المبلغ|خصم مبلغ|تم الخصم|خصمتم|مرتين|رفض البطاقة|بطاقتي مرفوضة|تحويل|الحوالة`,
  }),
  builtInType('confirmation', 'Confirmations do not come', 'money', {
    en: `confirmation|confirmation email|no confirmation|not confirmed|never confirmed|unconfirmed|confirmation number|order number|no receipt
      |receipt|e-ticket|eticket|never got the email|no email`,
    de: `bestätigung|bestätigungsmail|buchungsbestätigung|auftragsbestätigung|bestellbestätigung|nicht bestätigt|keine bestätigung|quittung`,
    fr: `confirmation|mail de confirmation|pas confirmé|pas confirmée|non confirmé|non confirmée|aucune confirmation|reçu de paiement`,
    es: `confirmación|correo de confirmación|sin confirmar|no confirmado|no confirmada|no confirman|recibo de pago|comprobante`,
    it: `conferma|mail di conferma|non confermato|non confermata|nessuna conferma|ricevuta`,
    pt: `confirmação|e-mail de confirmação|não confirmado|não confirmada|não confirmou|sem confirmação|comprovante`,
    hi: `कन्फर्मेशन|पुष्टि|कन्फर्म नहीं|रसीद`,
    ar: `تأكيد|رسالة التأكيد|لم يتم التأكيد|غير مؤكد|إيصال`,
  }),
  builtInType('discount', 'Discount or price is wrong', 'money', {
    en: `discount|discounts|promo code|promotion code|discount code|coupon|coupons|voucher|vouchers|wrong price|price changed|price increase
      |price went up|overcharged|overcharge|hidden fee|hidden fees|percent off|gift card|gift cards`,
    de: `rabatt|rabatte|rabattcode|gutschein|gutscheine|gutscheincode|falscher preis|preis falsch|preiserhöhung|versteckte kosten|prozent auf`,
    fr: `remise|réduction|code promo|code de réduction|bon d'achat|bons d'achat|mauvais prix|augmentation de prix|frais cachés|carte cadeau`,
    es: `descuento|descuentos|cupón|cupones|código promocional|código de descuento|precio incorrecto|precio equivocado|subida de precio
      |tarjeta regalo|vale de descuento`,
    it: `sconto|sconti|codice sconto|codice promozionale|buono sconto|buono regalo|prezzo sbagliato|prezzo errato|aumento di prezzo|costi nascosti`,
    pt: `desconto|descontos|cupom|cupons|cupão|código promocional|código de desconto|preço errado|aumento de preço|taxa escondida|vale-presente`,
    hi: `छूट|डिस्काउंट|कूपन|प्रोमो कोड|वाउचर|गलत कीमत|दाम`,
    ar: `كوبون|الكوبون|قسيمة|كود الخصم|كود خصم|رمز الخصم|تخفيض|السعر خطأ|السعر غلط`,
  }),
  builtInType('balance', 'Balance is wrong or money is missing', 'money', {
    en: `balance|money missing|missing money|money is gone|money gone|money disappeared|wrong amount|not credited|hasn't been credited|top up
      |topped up|topping up|top-up|topup|points missing|missing points|points are gone|lost my points|my miles`,
    de: `kontostand|guthaben|geld fehlt|geld ist weg|geld verschwunden|falscher betrag|nicht gutgeschrieben|aufgeladen|aufladung|punkte fehlen`,
    fr: `mon solde|solde incorrect|solde faux|argent disparu|argent manquant|mauvais montant|pas crédité|recharge|points disparus`,
    es: `mi saldo|saldo incorrecto|falta dinero|dinero desaparecido|desapareció el dinero|importe incorrecto|no acreditado|recarga|puntos perdidos`,
    it: `mio saldo|saldo sbagliato|saldo errato|soldi spariti|sono spariti i soldi|importo sbagliato|non accreditato|ricarica|punti spariti`,
    pt: `meu saldo|saldo errado|saldo incorreto|dinheiro sumiu|sumiu o dinheiro|valor errado|não creditado|recarga|pontos sumiram`,
    hi: `बैलेंस|पैसे गायब|पैसा गायब|गलत राशि|रिचार्ज|पॉइंट`,
    ar: `رصيد|رصيدي|الرصيد|نقود مفقودة|اختفى المبلغ|فلوسي|المبلغ غلط|شحن الرصيد|نقاطي`,
  }),
  builtInType('refund', 'Refunds do not arrive', 'money', {
    en: `refund|refunds|refunded|refunding|money back|my money|reimburse|reimbursed|reimbursement|compensation|compensate|compensated|chargeback`,
    de: `erstattung|erstattet|erstatten|rückerstattung|rückzahlung|geld zurück|mein geld|entschädigung`,
    fr: `remboursement|remboursements|rembourser|rembourse|remboursé|remboursée|mon argent|indemnisation|dédommagement`,
    es: `reembolso|reembolsos|reembolsar|reembolsado|devolución del dinero|devuelvan mi dinero|devolver el dinero|devuelto el dinero|mi dinero
      |compensación|indemnización`,
    it: `rimborso|rimborsi|rimborsare|rimborsato|rimborsata|soldi indietro|miei soldi|risarcimento`,
    pt: `reembolso|reembolsos|reembolsar|reembolsado|estorno|estornar|estornado|dinheiro de volta|meu dinheiro|indenização`,
    hi: `रिफंड|पैसे वापस|पैसा वापस|वापसी|मुआवजा`,
    ar: `استرداد|استرجاع|رد المبلغ|إرجاع المبلغ|استعادة أموالي|ترجعون فلوسي|تعويض`,
  }),
  builtInType('fraud', 'Fraud and unknown charges', 'money', {
    en: `fraud|fraudulent|scam|scams|scammed|scammer|scammers|phishing|unauthorised|unauthorized|unknown charge|unknown charges|unknown payment
      |don't recognise|don't recognize|did not make|didn't make|didn't authorize|stolen card|card was stolen|ripped off|rip off|fake website`,
    de: `betrug|betrogen|betrüger|abzocke|unbekannte abbuchung|nicht autorisiert|karte gestohlen|phishing|falsche webseite`,
    fr: `arnaque|arnaques|arnaqueurs|escroquerie|escrocs|prélèvement inconnu|non autorisé|non autorisée|carte volée|hameçonnage`,
    es: `estafa|estafas|estafadores|estafado|fraude|fraudes|cargo desconocido|no autorizado|no autorizada|tarjeta robada|no reconozco`,
    it: `truffa|truffe|truffato|truffatori|frode|frodi|addebito sconosciuto|non autorizzato|non autorizzata|carta rubata|non riconosco`,
    pt: `golpe|golpes|golpista|fraude|fraudes|cobrança desconhecida|não autorizado|não autorizada|cartão roubado|não reconheço|clonado`,
    hi: `धोखा|धोखाधड़ी|फ्रॉड|ठगी|ठग|स्कैम`,
    ar: `احتيال|نصب|نصابين|محتال|محتالين|عملية غير معروفة|غير مصرح|بطاقة مسروقة|سرقة`,
  }),
]
