import { type BuiltInType, builtInType } from './built-in-type.ts'

/** Where a service cannot be used, or nobody helps. */
export const SERVICE_TYPES: readonly BuiltInType[] = [
  builtInType('outage', 'Service is down', 'access', {
    en: `outage|outages|is down|are down|been down|went down|gone down|system down|not working|isn't working|aren't working|doesn't work
      |does not work|don't work|won't work|stopped working|offline|unavailable|no signal|no internet|no service|no reception|no power
      |server error|servers|error message|internal error|keeps buffering|can't connect|cannot connect|unable to connect|won't connect`,
    de: `störung|störungen|ausfall|ausgefallen|funktioniert nicht|funktionieren nicht|geht nicht|gehen nicht|geht nichts|kein internet|kein empfang
      |kein netz|nicht erreichbar|offline|fehlermeldung|serverfehler|keine verbindung`,
    fr: `panne|en panne|pannes|ne marche pas|ne marche plus|ne fonctionne pas|ne fonctionne plus|hors service|pas de réseau|pas d'internet
      |plus de connexion|message d'erreur|erreur serveur|indisponible|injoignable`,
    es: `caído|caída|caídos|no funciona|no funcionan|no sirve|dejó de funcionar|sin servicio|sin internet|sin señal|fuera de servicio
      |mensaje de error|error del servidor|no disponible|no conecta`,
    it: `fuori servizio|non funziona|non funzionano|non va|disservizio|disservizi|guasto|senza internet|senza linea|senza segnale
      |messaggio di errore|errore del server|non disponibile|non si collega`,
    pt: `fora do ar|não funciona|não funcionam|não está funcionando|parou de funcionar|sem sinal|sem internet|sem serviço|caiu o|mensagem de erro
      |erro no servidor|indisponível|não conecta`,
    hi: `बंद है|बंद पड़|काम नहीं|सर्वर|डाउन|नेटवर्क नहीं|इंटरनेट नहीं|ठप|एरर`,
    ar: `معطل|معطلة|لا يعمل|لا تعمل|ما يشتغل|ما تشتغل|عطل|أعطال|انقطاع|مقطوع|السيرفر|خطأ في|لا يوجد اتصال`,
  }),
  builtInType('login', 'People cannot sign in', 'access', {
    en: `login|log in|logging in|logged out|logs me out|sign in|signing in|sign on|locked out|password|passwords|passcode|pin code
      |verification code|security code|login code|authentication|authenticator|two factor|account locked|account is locked|account blocked
      |account suspended|access my account|into my account|cannot access|can't access`,
    de: `anmelden|anmeldung|einloggen|login|eingeloggt|passwort|kennwort|konto gesperrt|konto ist gesperrt|ausgesperrt|bestätigungscode|zugang
      |zugangsdaten|abgemeldet`,
    fr: `me connecter|se connecter|connexion|mot de passe|compte bloqué|compte est bloqué|compte suspendu|code de vérification|identifiant
      |identifiants|accéder à mon compte`,
    es: `iniciar sesión|inicio de sesión|contraseña|contraseñas|cuenta bloqueada|cuenta suspendida|código de verificación|entrar en mi cuenta
      |entrar a mi cuenta|acceder a mi cuenta`,
    it: `accedere|accesso|password|credenziali|account bloccato|conto bloccato|codice di verifica|entrare nel mio account|effettuare il login`,
    pt: `fazer login|entrar na conta|entrar na minha conta|acessar minha conta|acessar a conta|senha|senhas|conta bloqueada|conta suspensa
      |código de verificação`,
    hi: `लॉगिन|लॉग इन|पासवर्ड|ओटीपी|अकाउंट लॉक|अकाउंट ब्लॉक|खाता बंद`,
    ar: `تسجيل الدخول|الدخول إلى حسابي|أدخل حسابي|كلمة المرور|كلمة السر|الرقم السري|رمز التحقق|حسابي مقفل|حسابي محظور`,
  }),
  builtInType('app', 'App or website breaks', 'access', {
    en: `app|apps|website|web site|webpage|web page|site is down|your site|crash|crashes|crashed|crashing|freezes|freezing|frozen screen|white screen
      |black screen|bug|bugs|buggy|glitch|glitches|glitchy|new update|latest update|last update|since the update|update broke|won't load
      |not loading|doesn't load|won't open|doesn't open|keeps closing`,
    de: `app|webseite|website|seite lädt nicht|abstürzt|stürzt ab|abgestürzt|absturz|abstürze|hängt sich auf|eingefroren|seit dem update
      |letztes update|lädt nicht|öffnet sich nicht|fehler in der app`,
    fr: `appli|application|site web|votre site|plante|planté|plantage|bug|bugs|bogue|depuis la mise à jour|dernière mise à jour|ne charge pas
      |ne s'ouvre pas|écran blanc|écran noir|se ferme`,
    es: `app|aplicación|página web|sitio web|su página|se cierra|se cuelga|se traba|se congela|desde la actualización|última actualización
      |no carga|no abre|pantalla blanca|pantalla negra|fallo de la app`,
    it: `app|applicazione|sito|sito web|si blocca|si chiude|va in crash|crash|dall'aggiornamento|ultimo aggiornamento|non si carica|non carica
      |non si apre|schermata bianca|schermo nero`,
    pt: `app|aplicativo|aplicação|site|trava|travando|travou|fecha sozinho|desde a atualização|última atualização|não carrega|não abre
      |tela branca|tela preta`,
    hi: `ऐप|एप|वेबसाइट|क्रैश|हैंग|अपडेट के बाद|नहीं खुल|लोड नहीं|अटक`,
    ar: `تطبيق|التطبيق|تطبيقكم|الموقع|موقعكم|يتوقف|يعلق|يغلق|بعد التحديث|آخر تحديث|لا يفتح|ما يفتح|لا يحمل|شاشة بيضاء`,
  }),
  builtInType('support', 'Support cannot be reached or does not help', 'none', {
    en: `customer service|customer support|customer care|customer relations|support team|help desk|helpline|help line|hotline|call center
      |call centre|on hold|hold|holding|hold time|hung up|hang up|hangs up|hanging up|phone|phones|phone line|phone lines|phone number|busy signal
      |disconnected|disconnects|get through|getting through|through to|call back|callback|called|calling|calls|speak to|speak with|talk to
      |real person|live person|human|agent|agents|representative|representatives|rep|reps|supervisor|no answer|nobody answers
      |no one answers|not answering|answer the|answer my|answer your|no response|no reply|not responding|not replying|respond|response|responded
      |replied|reply to|ignored|ignoring|ignore|unanswered|dm|dms|emailed|emails|my email|no help|not helpful|unhelpful|won't help|can't help
      |wouldn't help|poor service|bad service|terrible service|horrible service|awful service|worst service|lack of service|poor customer
      |worst customer|terrible customer|contact you|reach you|reach anyone|reach someone|get a hold|get ahold|chatbot|chat bot`,
    de: `warteschleife|kundenservice|kundendienst|kundenbetreuung|kundensupport|support|hotline|telefonisch|telefon|rufe an|angerufen|aufgelegt
      |niemand antwortet|niemand erreichbar|niemand hilft|keine antwort|keine reaktion|keine rückmeldung|nicht erreichbar|ignoriert
      |mitarbeiter erreichen|schlechter service|mieser service|service hotline`,
    fr: `service client|service clients|service clientèle|support|hotline|aucune réponse|pas de réponse|sans réponse|personne ne répond
      |ne répond pas|ne répondent pas|injoignable|injoignables|au téléphone|par téléphone|raccroche|raccroché|rappeler|conseiller|mauvais service
      |service déplorable|m'ignore|ignorent`,
    es: `atención al cliente|servicio al cliente|soporte|nadie responde|nadie contesta|nadie ayuda|no contestan|no responden|no me responden
      |no atienden|sin respuesta|ninguna respuesta|me colgaron|cuelgan|llamando|llamo|llamé|teléfono|mal servicio|pésimo servicio|pésima atención
      |me ignoran|asesor`,
    it: `servizio clienti|assistenza clienti|assistenza|supporto|nessuno risponde|nessuno aiuta|non rispondono|non risponde|nessuna risposta
      |senza risposta|al telefono|telefono|riattaccano|riattaccato|call center|operatore|pessimo servizio|servizio pessimo|ignorano|ignorato`,
    pt: `atendimento|serviço de apoio|apoio ao cliente|suporte|sac|ninguém responde|ninguém atende|ninguém ajuda|não respondem|não atendem
      |sem resposta|nenhuma resposta|desligaram|ligando|liguei|telefone|atendente|péssimo atendimento|péssimo serviço|me ignoram`,
    hi: `कस्टमर केयर|कस्टमर सर्विस|ग्राहक सेवा|हेल्पलाइन|कोई जवाब|जवाब नहीं|फोन नहीं|कॉल नहीं|कोई मदद|होल्ड`,
    ar: `خدمة العملاء|خدمه العملاء|الدعم|الدعم الفني|لا أحد يرد|محد يرد|ما حد يرد|لا يرد|لا يردون|ما تردون|بدون رد|لا رد|اتصل|اتصلت|خدمة سيئة
      |تجاهل|الانتظار على الخط`,
  }),
  builtInType('staff', 'Rude or unhelpful staff', 'none', {
    en: `rude|rudest|rudely|rudeness|unhelpful|attitude|attitudes|crew|gate agent|gate agents|flight attendant|flight attendants|attendant|staff
      |employee|employees|driver|cashier|waiter|manager|disrespectful|disrespect|unprofessional|condescending|yelled at|yelling at|screamed
      |treated me|treated us|treat customers|treats|no apology|incompetent|incompetence|racist|discrimination`,
    de: `unhöflich|unfreundlich|frech|personal|mitarbeiter|mitarbeiterin|angestellte|filialleiter|respektlos|unprofessionell|angeschrien
      |inkompetent|diskriminierung`,
    fr: `impoli|impolie|désagréable|désagréables|mal poli|malpoli|personnel|employé|employée|employés|vendeur|vendeuse|équipage|irrespectueux
      |incompétent|incompétents|mal reçu|discrimination`,
    es: `grosero|grosera|groseros|maleducado|maleducada|personal|empleado|empleada|empleados|tripulación|encargado|falta de respeto
      |poco profesional|incompetente|incompetentes|mala atención|discriminación`,
    it: `scortese|scortesi|maleducato|maleducata|maleducati|personale|dipendente|dipendenti|commesso|commessa|equipaggio|mancanza di rispetto
      |incompetente|incompetenti|discriminazione`,
    pt: `grosseiro|grosseira|mal educado|mal-educado|mal educada|funcionário|funcionária|funcionários|tripulação|gerente|falta de respeito
      |despreparado|despreparados|incompetente|mau atendimento|discriminação`,
    hi: `बदतमीज़|बदतमीज|बदतमीजी|स्टाफ|कर्मचारी|मैनेजर|बुरा बर्ताव|खराब सेवा|अभद्र`,
    ar: `وقح|وقحة|الموظف|الموظفين|موظف|موظفة|المدير|طاقم|سوء معاملة|معاملة سيئة|أسلوب سيء|قلة احترام|عنصرية`,
  }),
]
