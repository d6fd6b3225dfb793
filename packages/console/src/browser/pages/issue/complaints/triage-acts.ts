import { el } from '../../../kit/elements.ts'
import { formDialog } from '../../../kit/form-dialog.ts'
import type { Complaint } from '../../../views/complaint.ts'
import { askAuthenticity, askHandOff, askOutcome } from './ask-triage.ts'
import type { Change } from './complaints-api.ts'

/** What can be done with complaints, by its key; `run` is given those that are chosen, else the one at hand. */
export type Act = { key: string; name: string; run: (some: readonly Complaint[]) => unknown }

/** What people say of complaints, in the order of the buttons. */
export const triageActs = (
  me: string,
  say: (some: readonly Complaint[], change: Change, words: string) => Promise<void>,
): readonly Act[] => [
  {
    key: 'a',
    name: 'Answered',
    run: async (some) =>
      some.every(({ answered }) => answered !== null)
        ? say(some, { answered: false }, 'Marked as not answered')
        : say(some, { answered: true }, 'Marked as answered'),
  },
  {
    key: 'm',
    name: 'Assign to me',
    run: async (some) =>
      some.every(({ assignee }) => assignee === me)
        ? say(some, { assignee: null }, 'With nobody any more')
        : say(some, { assignee: me }, 'Assigned to you'),
  },
  { key: 'h', name: 'Hand off…', run: (some) => askHandOff(some, async (change, words) => say(some, change, words)) },
  { key: 'o', name: 'Outcome…', run: (some) => askOutcome(some, async (change, words) => say(some, change, words)) },
  {
    key: 'g',
    name: 'How genuine…',
    run: (some) => askAuthenticity(some, async (change, words) => say(some, change, words)),
  },
]

const LIST_KEYS: readonly (readonly [key: string, does: string])[] = [
  ['j or ↓', 'next complaint'],
  ['k or ↑', 'complaint before'],
  ['Home, End', 'first, last that is shown'],
  ['Tab', 'into the complaint: selection and link'],
  ['x', 'select it, for several at once'],
  ['u', 'take back what was said last'],
]

/** Shows every key of the list. Each does the same as the button of its name. */
export const showKeys = (acts: readonly Act[]): void =>
  formDialog({
    title: 'Keys of the complaints list',
    fields: [
      el('p', {}, 'They work while a complaint has the keyboard. Pressed again, a and m take back.'),
      el(
        'dl',
        { class: 'complaints-keys' },
        [...LIST_KEYS, ...acts.map(({ key, name }) => [key, name] as const), ['?', 'this help'] as const].map(
          ([key, does]) => el('div', { key }, el('dt', {}, el('kbd', {}, key)), el('dd', {}, does)),
        ),
      ),
    ],
    submits: [],
    leave: 'Close',
    onSubmit: async () => 'done',
  })
