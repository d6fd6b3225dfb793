import { createParser, type Fault, OutcryError, TruthFile, type TruthSpan } from '@outcry/contracts'

/** A stretch of one brand's time, epoch ms, both ends included. */
export type LabelledSpan = { brand: string; start: number; end: number }
/** `scored: false` (cold start, ambiguous) counts neither for nor against. */
export type LabelledIncident = LabelledSpan & { tier: string; scored: boolean }

/**
 * What people say really happened. `grey`: weaker but real excess; `promo`: bursts that are no complaints;
 * `fewUsers`: storms by few people; `observed`: when each brand was watched.
 */
export type LabelledTruth = {
  incidents: LabelledIncident[]
  grey: LabelledSpan[]
  promo: LabelledSpan[]
  fewUsers: LabelledSpan[]
  observed: LabelledSpan[]
}

const parse = createParser(TruthFile)

/** Reads a truth file's JSON value; times are epoch ms or ISO 8601, UTC where no zone is given. */
export const parseTruth = (value: unknown): LabelledTruth => {
  const parsed = parse(value)
  if (!parsed.ok) throw invalid(parsed.faults)
  const faults: Fault[] = []
  const span = (name: string) => (raw: TruthSpan, index: number) => {
    const start = readTime(raw.start)
    const end = readTime(raw.end)
    for (const [field, at] of [
      ['start', start],
      ['end', end],
    ] as const)
      if (!Number.isFinite(at))
        faults.push({
          path: `${name}[${index}].${field}`,
          value: String(raw[field]),
          message: 'is no time',
          fix: 'write ISO 8601 or epoch milliseconds',
        })
    return { brand: raw.brand, start, end }
  }
  const { incidents, grey, promo, fewUsers, observed } = parsed.value
  const truth: LabelledTruth = {
    incidents: incidents.map((raw, index) =>
      Object.assign(span('incidents')(raw, index), { tier: raw.tier ?? '', scored: raw.scored }),
    ),
    grey: grey.map(span('grey')),
    promo: promo.map(span('promo')),
    fewUsers: fewUsers.map(span('fewUsers')),
    observed: observed.map(span('observed')),
  }
  if (faults.length > 0) throw invalid(faults)
  return truth
}

const invalid = (faults: readonly Fault[]) =>
  new OutcryError('TRUTH_INVALID', 'The truth file does not have the expected shape.', {
    faults,
    fix: 'Give {"incidents": [{"brand","start","end","tier","scored"}], "observed": [{"brand","start","end"}], "grey"?, "promo"?, "fewUsers"?}.',
    exitCode: 2,
  })

/** Epoch ms of an epoch-ms number or an ISO 8601 text; NaN where it is neither. */
export const readTime = (value: number | string): number => {
  if (typeof value === 'number') return value
  const text = value.trim()
  if (/^-?\d+$/.test(text)) return Number(text)
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !/\d[T ]\d/.test(text) ? text : `${text}Z`)
}
