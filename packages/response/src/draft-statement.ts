import type { Exposure, Harm, StatementKind } from '@outcry/contracts'
import { doNotSay } from './do-not-say.ts'
import { exposureInWords } from './exposure.ts'
import { filled, type FillRequest, type Values, valuesOf } from './fill-template.ts'
import { stoodOutBy } from './stood-out.ts'
import { RUMOUR_OPENINGS, TEMPLATES } from './phrases/templates.ts'

export type DraftRequest = FillRequest & { kind: StatementKind; exposure: Exposure }

/**
 * The text of a statement from its template: the playbook's, else the built-in one. A line with a placeholder of which
 * nothing is known is left out, so that nothing is claimed and no gap is left.
 */
export const draftStatement = (request: DraftRequest): string => {
  const { kind, language, known, playbook } = request
  const own = playbook?.templates[kind]?.[language]
  const values = valuesOf(request)
  if (own !== undefined) return filled(own, values)
  if (kind === 'brief') return briefOf(request, values)
  const template = TEMPLATES[language][kind]
  const [, ...rest] = template.split('\n')
  return filled(
    kind === 'holding' && known.isRumour ? [RUMOUR_OPENINGS[language], ...rest].join('\n') : template,
    values,
  )
}

const AT_STAKE: Readonly<Record<Harm, string | null>> = {
  none: null,
  access: 'At stake: people are locked out.',
  privacy: 'At stake: privacy.',
  money: "At stake: people's money.",
  safety: 'At stake: safety.',
}

/**
 * To the own people first: what is known, what to say, what not, where to send whom. In English, save what they tell
 * people, unless a template says else.
 */
const briefOf = (request: DraftRequest, told: Values): string => {
  const { known, playbook, facts, exposure } = request
  const values = valuesOf({ ...request, language: 'en' })
  const lines = [
    `${known.brandName}: ${values.get('what')}`,
    `Since ${values.get('since')}. ${known.people} people so far on ${known.platforms.join(', ') || 'no known platform'}. ` +
      stoodOutBy(known),
    ...exposureInWords(exposure),
    playbook?.harm === undefined ? null : AT_STAKE[playbook.harm],
    known.isRumour
      ? 'Most tell what they heard, not what happened to them: confirm nothing that is not checked.'
      : null,
    facts.cause === undefined ? 'The cause is not known yet.' : `Cause: ${values.get('cause')}.`,
    facts.eta === undefined ? 'No time is promised.' : `Expected to be fixed by ${values.get('eta')}.`,
    values.has('nextUpdate') ? `Next update by ${values.get('nextUpdate')}.` : null,
    told.has('meanwhile') ? `Tell people: ${told.get('meanwhile')}` : null,
    playbook === null || playbook.remedies.length === 0
      ? 'Nothing may be offered.'
      : `May be offered: ${playbook.remedies.join('; ')}.`,
    doNotSay(playbook),
    playbook?.channel === undefined ? null : `Answer first on ${playbook.channel}.`,
    values.has('queue') ? `Send people to ${values.get('queue')}.` : null,
    playbook?.owner === undefined ? null : `${playbook.owner} decides.`,
  ]
  return lines.filter((line) => line !== null).join('\n')
}
