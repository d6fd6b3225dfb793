import { useState } from 'preact/hooks'
import { faultText, issuePath, post } from '../../kit/api.ts'
import { button, el } from '../../kit/elements.ts'
import { tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { isActive } from '../now/urgency.ts'
import { askDecision, type Command } from './ask-decision.ts'
import { askJudgement } from './ask-judgement.ts'
import { askMerge } from './ask-merge.ts'
import type { Panel } from './panel.ts'

/** What a person can decide. */
export const DecisionsPanel: Panel = ({ issue, me, refresh }) => {
  const [fault, setFault] = useState<string | null>(null)
  if (me.role === 'viewer' || !isActive(issue)) return null
  const send = async (command: Command, body: object): Promise<void> => {
    await post(`${issuePath(issue.id)}/${command}`, body)
    setFault(null)
    tell(`Done: ${command}, ${issue.label}`)
    await refresh()
  }
  const ask = (command: Exclude<Command, 'acknowledge'>) => () =>
    askDecision(command, async (body) => tried(async () => send(command, body)))
  const acknowledge = async () => send('acknowledge', {}).catch((error: unknown) => setFault(faultText(error)))
  const merge = async () => askMerge(issue, refresh).catch((error: unknown) => setFault(faultText(error)))
  return el(
    'div',
    {},
    el(
      'div',
      { class: 'actions', role: 'group', 'aria-label': 'Decide' },
      issue.state === 'open' && button('Acknowledge', acknowledge, { class: 'main' }),
      issue.state !== 'announced' && button('Mark as announced', ask('announce')),
      button('Resolve', ask('resolve')),
      button('Dismiss…', ask('dismiss')),
      button('Merge…', merge),
      button('How genuine is it…', () => askJudgement(issue, refresh)),
    ),
    fault !== null && el('p', { class: 'fault', role: 'alert' }, fault),
  )
}
