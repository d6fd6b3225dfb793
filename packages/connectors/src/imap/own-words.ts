/** How clients introduce what they quote: "On Monday Ann wrote:", in the languages they speak. */
const WROTE =
  'wrote|schrieb(?:en)?|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:a|\\(a\\))?|pisze|napsal(?:a)?|írta|a scris|yazdı|kirjoitti|пишет|(?:на)?писал(?:а)?|пише|έγραψε'
/** The verb stands last, or before a name and an address. */
const INTRODUCTION = new RegExp(`(?:${WROTE})[^\\n]{0,200}:\\s*$|のメール[:：]\\s*$|[写寫]道[:：]\\s*$`, 'iu')
/** Where an introduction that is broken over lines begins. */
const BEGINS = /^(?:(?:On|Am|Le|El|Il|Em|Op|Den|Dne|Dnia|W dniu)\s|\d|\p{L}{2,4}[.,]+\s+\d)(?!.*[.!?]\s*$)/iu
const MAX_INTRODUCTION_LINES = 3
const MAX_INTRODUCTION_CHARS = 400

const SEPARATOR =
  /^\s*-{2,}\s*(?:Original Message|Original Appointment|Ursprüngliche Nachricht|Originalnachricht|Message d['’]origine|Message original|Mensaje original|Messaggio originale|Mensagem original|Oorspronkelijk bericht|Originalmeddelande|Ursprungligt meddelande|Oprindelig meddelelse|Opprinnelig melding|Wiadomość oryginalna|Původní zpráva|Исходное сообщение|Orijinal Mesaj|元のメッセージ|原始邮件)\s*-{2,}\s*$/iu

const SENDER = /^\*?(?:From|Von|De|Da|Van|Från|Fra|Od|От|Lähettäjä|Kimden|差出人|发件人)\*?\s?[:：]\s?\S/iu
const SENT =
  /^\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el| em)?|Fecha|Inviato|Data|Verzonden|Skickat|Sendt|Wysłano|Odesláno|Отправлено|Дата|Lähetetty|Gönderildi|送信日時|发送时间)\*?\s?[:：]/iu
/** A block of copied headers shows its date so soon. Lines. */
const SENT_WITHIN = 4

const SIGNATURE = /^-- ?$/
const SENT_FROM =
  /^(?:Sent from my \S|Sent from (?:Outlook|Mail|Yahoo)|Get Outlook for|Von meinem \S.* gesendet|Gesendet von \S|Envoyé de(?:puis)? m|Enviado desde mi|Enviado do meu|Inviato da(?:l mio)? |Verstuurd vanaf|Verzonden vanaf|Skickat från|Wysłane z |Отправлено с )/iu

/**
 * What the writer of a mail newly wrote: without quoted lines, without what stands below "Original Message" or copied
 * headers, and without the signature. Cuts only where a client's own marks are; in doubt text stays.
 */
export const ownWords = (text: string): string => {
  const lines = text.split('\n')
  const kept: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!
    if (SEPARATOR.test(line) || isHeaderBlock(lines, at)) break
    if (SIGNATURE.test(line) && kept.some(isFilled)) break
    if (isQuoted(line)) continue
    const introduction = introductionAt(lines, at)
    if (introduction === 0) kept.push(line)
    // Where no mark tells the quote apart, all the rest is taken for it.
    else if (isQuoted(nextFilled(lines, at + introduction))) at += introduction - 1
    else break
  }
  return withoutTail(kept).join('\n').trim()
}

const isFilled = (line: string): boolean => line.trim() !== ''
const isQuoted = (line: string): boolean => /^\s{0,2}>/.test(line)
const nextFilled = (lines: readonly string[], from: number): string => {
  let at = from
  while (at < lines.length && !isFilled(lines[at]!)) at += 1
  return lines[at] ?? ''
}

/**
 * How many lines, from this one on, introduce a quote; 0 where they do not. "I wrote on Monday:" is what a writer may say
 * too: unless a quote follows, or nothing, an introduction names an address.
 */
const introductionAt = (lines: readonly string[], at: number): number => {
  for (let count = 1; count <= MAX_INTRODUCTION_LINES; count += 1) {
    const last = lines[at + count - 1] ?? ''
    if (!isFilled(last) || isQuoted(last)) return 0
    const joined = lines
      .slice(at, at + count)
      .map((line) => line.trim())
      .join(' ')
    if (joined.length > MAX_INTRODUCTION_CHARS || (count > 1 && !BEGINS.test(lines[at]!.trim()))) return 0
    if (!INTRODUCTION.test(joined)) continue
    const follows = nextFilled(lines, at + count)
    return isQuoted(follows) || follows === '' || joined.includes('@') ? count : 0
  }
  return 0
}

const isHeaderBlock = (lines: readonly string[], at: number): boolean =>
  SENDER.test(lines[at]!.trim()) && lines.slice(at + 1, at + 1 + SENT_WITHIN).some((line) => SENT.test(line.trim()))

/** Without empty lines, rules and "Sent from my phone" at the end. */
const withoutTail = (lines: readonly string[]): string[] => {
  const kept = [...lines]
  while (kept.length > 0) {
    const last = kept.at(-1)!.trim()
    if (last !== '' && !/^[_=-]{5,}$/.test(last) && !SENT_FROM.test(last)) break
    kept.pop()
  }
  return kept
}
