import { type BuiltInType, builtInType } from './built-in-type.ts'

/** Where people or their data may come to harm. */
export const DANGER_TYPES: readonly BuiltInType[] = [
  builtInType('safety', 'Somebody may get hurt', 'safety', {
    en: `unsafe|dangerous|danger|hazard|injured|injury|injuries|hurt|hurts|bleeding|burned|burnt|burns|caught fire|on fire|smoke|smoking|sparks
      |exploded|explodes|explosion|overheats|overheating|electric shock|allergic|allergic reaction|food poisoning|sick after|got sick|made me sick
      |throwing up|vomiting|poisoned|contaminated|recall|recalled|hospital|ambulance|glass in|metal in`,
    de: `gefährlich|lebensgefährlich|gefahr|verletzt|verletzung|verletzungen|brennt|brand|rauch|funken|explodiert|überhitzt|stromschlag|allergisch
      |vergiftet|lebensmittelvergiftung|übergeben|krank geworden|verseucht|rückruf|krankenhaus|glassplitter|verbrannt`,
    fr: `dangereux|dangereuse|danger|blessé|blessée|blessure|prend feu|pris feu|fumée|explosé|explose|surchauffe|électrocuté|allergie|allergique
      |intoxication|intoxiqué|vomi|vomir|malade après|contaminé|rappel de produit|hôpital|morceaux de verre|brûlé`,
    es: `peligroso|peligrosa|peligro|herido|herida|heridos|lesión|se incendió|incendio|humo|explotó|explota|sobrecalienta|descarga eléctrica
      |alergia|alérgica|intoxicación|intoxicado|vomitando|me enfermé|contaminado|hospital|vidrio en|quemó|quemado`,
    it: `pericoloso|pericolosa|pericolo|ferito|ferita|ferite|a fuoco|preso fuoco|fumo|esploso|esplode|surriscalda|scossa elettrica|allergia
      |allergica|intossicazione|intossicato|vomito|stato male|contaminato|ospedale|pezzi di vetro|bruciato`,
    pt: `perigoso|perigosa|perigo|ferido|ferida|machucou|machucado|pegou fogo|pegando fogo|incêndio|fumaça|explodiu|explode|superaquece|choque elétrico
      |alergia|alérgica|intoxicação|intoxicado|vomitando|passei mal|contaminado|hospital|vidro no|queimou|queimado`,
    hi: `खतरनाक|खतरा|आग लग|आग|धुआं|घायल|चोट|फट गया|धमाका|करंट|बीमार पड़|फूड पॉइज़निंग|उल्टी|अस्पताल|जल गया`,
    ar: `خطير|خطيرة|خطر|حريق|احترق|دخان|إصابة|أصيب|جرح|انفجر|انفجار|صعق|حساسية|تسمم|تسممت|استفراغ|مرضت|ملوث|مستشفى|زجاج`,
  }),
  builtInType('privacy', 'Personal data is exposed', 'privacy', {
    en: `data breach|breach|breached|data leak|leak my|leaked|leaking|hacked|hack|hacker|hackers|compromised|someone else's account
      |someone else's data|someone else's order|someone else's details|other people's|another customer's|wrong person|privacy|gdpr|personal data
      |personal information|my data|my details|private information|spam calls|sold my`,
    de: `datenleck|datenpanne|gehackt|hacker|datenschutz|dsgvo|fremde daten|daten anderer|fremdes konto|konto eines anderen|persönliche daten
      |meine daten|daten verkauft`,
    fr: `fuite de données|données fuité|piraté|piratée|piratage|pirates|vie privée|rgpd|données personnelles|mes données|compte d'un autre
      |données d'autres`,
    es: `filtración de datos|filtraron mis datos|hackeado|hackeada|hackearon|privacidad|datos personales|mis datos|cuenta de otra persona|datos de otros`,
    it: `violazione dei dati|fuga di dati|hackerato|hackerata|hacker|privacy|dati personali|miei dati|account di un altro|dati di altri`,
    pt: `vazamento de dados|vazaram meus dados|vazou|hackeado|hackeada|hackearam|invadida|invadido|privacidade|lgpd|dados pessoais|meus dados
      |conta de outra pessoa|dados de outros`,
    hi: `हैक|हैकर|डेटा लीक|डाटा लीक|निजी जानकारी|मेरा डेटा|प्राइवेसी`,
    ar: `اختراق|مخترق|اخترق|تسريب|تسرب البيانات|بيانات شخصية|بياناتي|معلوماتي|الخصوصية|حساب شخص آخر`,
  }),
]
