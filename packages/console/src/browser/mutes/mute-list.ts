import { h, type VNode } from 'preact'
import { post } from '../kit/api.ts'
import { button, el } from '../kit/elements.ts'
import { formDialog, tried } from '../kit/form-dialog.ts'
import { tell } from '../kit/news.ts'
import { refresh } from '../kit/readings.ts'
import { Time } from '../kit/time.ts'
import type { Mute } from '../views/mute.ts'

const askToEnd = ({ id, reason }: Mute): void =>
  formDialog({
    title: 'End the mute?',
    fields: el('p', {}, el('bdi', {}, reason), ': it ends now; what waited for it is sent.'),
    submits: ['End it'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await post(`/mutes/${encodeURIComponent(id)}/end`, {})
        await refresh()
        tell('Mute ended')
      }),
  })

const ofText = ({ issueId, issueType }: Mute): string =>
  issueId !== null ? 'This issue' : issueType !== null ? `Issues of type ${issueType}` : 'The brand'

/** Mutes that last, whose they are, why, and until when; who may decide ends them. */
export const MuteList = ({ mutes, mayEnd }: { mutes: readonly Mute[]; mayEnd: boolean }): VNode | null =>
  mutes.length === 0
    ? null
    : el(
        'ul',
        { class: 'mutes' },
        mutes.map((mute) =>
          el(
            'li',
            { key: mute.id },
            el('b', {}, `‖ ${ofText(mute)} is muted`),
            ' until ',
            h(Time, { at: mute.until }),
            ` by ${mute.owner}: `,
            el('bdi', {}, mute.reason),
            ' ',
            mayEnd &&
              button('End…', () => askToEnd(mute), {
                'data-focus': `end ${mute.id}`,
                'aria-label': `End the mute: ${mute.reason}`,
              }),
          ),
        ),
      )
