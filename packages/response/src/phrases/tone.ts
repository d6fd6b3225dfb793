import type { StatementLanguage } from '@outcry/contracts'

type ByLanguage = Readonly<Record<StatementLanguage, RegExp>>

/** Begins and ends at no letter: JavaScript's \b knows ASCII only. */
const words = (...alternatives: string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'iu')

/** Says sorry. */
export const APOLOGY: ByLanguage = {
  en: words('sorry', 'apolog(?:y|ies|i[sz]e)', 'regret'),
  de: words('leid', 'entschuldig\\p{L}*', 'bedauern', 'verzeihung'),
  fr: words('désolée?s?', 'excus\\p{L}*', 'pardon', 'regrettons'),
  es: words('sentimos', 'lo siento', 'disculp\\p{L}*', 'perd[oó]n\\p{L}*', 'lamentamos'),
  it: words('ci dispiace', 'dispiac\\p{L}*', 'scus\\p{L}*'),
  nl: words('spijt', 'sorry', 'excuses', 'verontschuldig\\p{L}*'),
  pt: words('desculpas?', 'lamentamos', 'pedimos perdão'),
}

/** Takes back what stands before it. */
export const BUT: ByLanguage = {
  en: words('but', 'however', 'although'),
  de: words('aber', 'jedoch', 'allerdings', 'doch'),
  fr: words('mais', 'cependant', 'toutefois', 'néanmoins'),
  es: words('pero', 'sin embargo', 'no obstante', 'aunque'),
  it: words('ma', 'però', 'tuttavia'),
  nl: words('maar', 'echter', 'hoewel'),
  pt: words('mas', 'porém', 'contudo', 'no entanto'),
}

/** Says that others, or those who complain, are to blame. */
export const BLAME: ByLanguage = {
  en: words(
    'your (?:own )?(?:fault|mistake|error)',
    'user error',
    'you should have',
    'you (?:failed|forgot|did not|didn.t) \\p{L}+',
    '(?:the )?fault of',
    '(?:our|the|a) (?:supplier|provider|partner|vendor).{0,20}(?:fault|to blame|responsible|failed)',
    'not our (?:fault|responsibility)',
    'blame',
  ),
  de: words(
    'ihr (?:eigener )?fehler',
    'selbst schuld',
    'bedienfehler',
    'sie hätten',
    'schuld',
    '(?:dienstleister|lieferant|anbieter|partner)\\p{L}*.{0,20}(?:verantwortlich|versagt)',
    'nicht unser(?:e|er)? (?:fehler|verantwortung)',
  ),
  fr: words(
    'votre (?:faute|erreur)',
    'erreur de (?:votre part|manipulation)',
    'vous auriez dû',
    'la faute (?:de|à)',
    'pas notre faute',
  ),
  es: words(
    'su (?:propio )?error',
    'culpa',
    'error (?:de usuario|del usuario|suyo)',
    'debería haber',
    'no es nuestra responsabilidad',
  ),
  it: words('(?:vostro|suo|tuo) errore', 'colpa', 'avreste dovuto', 'non è nostra responsabilità'),
  nl: words(
    'uw (?:eigen )?fout',
    'gebruikersfout',
    'u had moeten',
    'schuld',
    'niet onze (?:fout|verantwoordelijkheid)',
  ),
  pt: words(
    '(?:seu|vosso) erro',
    'culpa',
    'erro do (?:utilizador|usuário)',
    'deveria ter',
    'não é (?:da )?nossa responsabilidade',
  ),
}

/** Promises something of worth: what is allowed is in the playbook. */
export const PROMISE: ByLanguage = {
  en: words(
    'refund(?:ed|s)?',
    'compensat\\p{L}+',
    'vouchers?',
    'credits?',
    'discounts?',
    'free of charge',
    'for free',
    'replacements?',
    'reimburs\\p{L}+',
    'money back',
    'gift cards?',
  ),
  de: words(
    'erstatt\\p{L}*',
    'rückerstatt\\p{L}*',
    'entschädig\\p{L}*',
    'gutschein\\p{L}*',
    'gutschrift\\p{L}*',
    'rabatt\\p{L}*',
    'kostenlos\\p{L}*',
    'ersatz\\p{L}*',
    'geld zurück',
  ),
  fr: words(
    'rembours\\p{L}*',
    'indemnis\\p{L}*',
    'dédommag\\p{L}*',
    'bons? d.achat',
    'avoirs?',
    'remises?',
    'gratuit\\p{L}*',
    'réduction\\p{L}*',
  ),
  es: words(
    'reembols\\p{L}*',
    'indemniz\\p{L}*',
    'compensa\\p{L}*',
    'vales?',
    'cup[oó]n\\p{L}*',
    'descuent\\p{L}*',
    'gratis',
    'gratuit\\p{L}*',
    'devol\\p{L}* (?:el|su) dinero',
  ),
  it: words('rimbors\\p{L}*', 'risarc\\p{L}*', 'indenn\\p{L}*', 'buon[oi]', 'scont[oi]', 'gratis', 'gratuit\\p{L}*'),
  nl: words(
    'terugbetal\\p{L}*',
    'restitutie',
    'vergoed\\p{L}*',
    'compens\\p{L}*',
    'tegoedbon\\p{L}*',
    'korting\\p{L}*',
    'gratis',
    'geld terug',
  ),
  pt: words(
    'reembols\\p{L}*',
    'indemniza\\p{L}*',
    'indeniza\\p{L}*',
    'compensa\\p{L}*',
    'vales?',
    'cup[oã]\\p{L}*',
    'descont\\p{L}*',
    'grátis',
    'gratuit\\p{L}*',
  ),
}
