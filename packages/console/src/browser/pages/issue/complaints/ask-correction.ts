import { issuePath, post } from '../../../kit/api.ts'
import { el } from '../../../kit/elements.ts'
import { formDialog, tried } from '../../../kit/form-dialog.ts'
import { tell } from '../../../kit/news.ts'
import type { Complaint } from '../../../views/complaint.ts'
import type { Act } from './triage-acts.ts'
import { countText } from './complaint-wording.ts'

/** Most posts that one request names. */
const AT_ONCE = 200

type Correction = { verb: 'remove' | 'split'; key: string; name: string; title: string; text: string; done: string }

const CORRECTIONS: readonly Correction[] = [
  {
    verb: 'remove',
    key: 'r',
    name: 'Remove…',
    title: 'Remove from the issue:',
    text: 'They have nothing to do with it. They are counted no more, and what says the same does not come back to it. This cannot be taken back.',
    done: 'Removed from the issue',
  },
  {
    verb: 'split',
    key: 's',
    name: 'Split off…',
    title: 'Make an issue of their own of:',
    text: 'They are something else. What is like them goes to their issue from now on. To undo it, merge the two.',
    done: 'Split off',
  },
]

/** Says that posts are not of the issue; `gone` is told which leave the list. The detector carries it out. */
export const correctionActs = (issueId: string, gone: (ids: ReadonlySet<string>) => void): readonly Act[] =>
  CORRECTIONS.map(({ verb, key, name, title, text, done }) => ({
    key,
    name,
    run: (some: readonly Complaint[]) =>
      formDialog({
        title: `${title} ${countText(some.length)}`,
        fields: el('p', {}, text),
        submits: [name.replace('…', '')],
        leave: 'Cancel',
        onSubmit: async () =>
          tried(async () => {
            const mentionIds = some.slice(0, AT_ONCE).map(({ id }) => id)
            await post(`${issuePath(issueId)}/${verb}`, { mentionIds })
            gone(new Set(mentionIds))
            tell(`${done}: ${countText(mentionIds.length)}`)
          }),
      }),
  }))
