import { askDialog } from '../../kit/ask-dialog.ts'
import type { FormOutcome } from '../../kit/form-dialog.ts'

export type Command = 'acknowledge' | 'announce' | 'resolve' | 'dismiss'
type Asked = Exclude<Command, 'acknowledge'>

const TITLES: Record<Asked, string> = { announce: 'Mark as announced', resolve: 'Resolve', dismiss: 'Dismiss' }
const TEXTS: Record<Asked, string> = {
  announce: 'Say that the public was told. Outcry itself never posts.',
  resolve: 'Say that it is over. Every target that was told hears so.',
  dismiss: 'Say that this is no issue. It stops counting.',
}

/** Asks for the words that go with a decision into the record; a dismissal needs a reason. */
export const askDecision = (command: Asked, send: (body: object) => Promise<FormOutcome>): void => {
  const dismiss = command === 'dismiss'
  askDialog({
    title: TITLES[command],
    text: TEXTS[command],
    label: dismiss ? 'Reason, for the record' : 'Note for the record, if any',
    kind: 'text',
    required: dismiss,
    submit: TITLES[command],
    cancellable: true,
    link: null,
    onSubmit: async (text) => send(dismiss ? { reason: text } : text === '' ? {} : { note: text }),
  })
}
