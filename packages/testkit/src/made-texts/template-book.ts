/** The issues every language has templates for; the first ones are complaints and can burst, the others never do. */
export const COMPLAINT_ISSUES = [
  'checkout',
  'double-charge',
  'late-parcel',
  'login',
  'crash',
  'refund',
  'voucher',
  'cancelled-order',
  'damaged',
  'no-confirmation',
] as const
export const PLAIN_ISSUES = ['opening-hours', 'sizes', 'gift-wrap', 'thanks'] as const

export type TemplateIssue = (typeof COMPLAINT_ISSUES)[number] | (typeof PLAIN_ISSUES)[number]

/** Sentences of one language; `{a|b|c}` is one of the three, and may be empty. */
export type TemplateBook = {
  lang: string
  openers: readonly string[]
  closers: readonly string[]
  sentences: Readonly<Record<TemplateIssue, readonly string[]>>
}
