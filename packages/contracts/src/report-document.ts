/** A count of people by steps of time, with what happened meanwhile. Times in epoch ms. */
export type ReportChart = {
  fromMs: number
  toMs: number
  stepMs: number
  /** Steps without anybody may be left out. */
  steps: readonly { at: number; people: number }[]
  marks: readonly { at: number; text: string }[]
}

/** A part of a document. Its texts are plain: whoever renders them keeps them from being markup. */
export type ReportBlock =
  | { type: 'heading'; text: string }
  | { type: 'paragraph'; text: string }
  | { type: 'quote'; text: string }
  | { type: 'list'; items: readonly { text: string; url?: string | undefined }[] }
  | { type: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { type: 'chart'; chart: ReportChart }

/** A document for people, in no format yet. */
export type ReportDocument = { title: string; subtitle: string; blocks: readonly ReportBlock[] }
