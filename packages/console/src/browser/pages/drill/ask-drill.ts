import { post } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import type { Drill, DrillScenario } from '../../views/drill.ts'
import type { Brand } from '../../views/estate.ts'

const wantedText = ({ title, expect }: DrillScenario): string =>
  expect === 'page' ? title : `${title} (is to page nobody)`

/** Asks what to play, and begins it. */
export const askDrill = (brands: readonly Brand[], scenarios: readonly DrillScenario[]): void =>
  formDialog({
    title: 'Begin a drill',
    fields: [
      el(
        'label',
        {},
        'Brand',
        el(
          'select',
          { name: 'brand' },
          brands.map(({ id, name }) => el('option', { key: id, value: id }, name)),
        ),
      ),
      el(
        'label',
        {},
        'What happens',
        el(
          'select',
          { name: 'scenario' },
          scenarios.map((scenario) => el('option', { key: scenario.id, value: scenario.id }, wantedText(scenario))),
        ),
      ),
      el(
        'p',
        { class: 'quiet' },
        'The posts are made up. Only targets that take drills are told, and everything says that it is a drill. ' +
          'It ends by itself after 24 hours.',
      ),
    ],
    submits: ['Begin'],
    leave: 'Cancel',
    onSubmit: async (data) =>
      tried(async () => {
        await post('/drills', { brand: fieldText(data, 'brand'), scenario: fieldText(data, 'scenario') })
        tell('The drill has begun')
        await refresh()
      }),
  })

/** Asks once more, and ends it. */
export const askEnd = ({ id, title }: Drill): void =>
  formDialog({
    title: 'End the drill',
    fields: el('p', {}, `${title}: its report stays, and everything that was made for it is deleted.`),
    submits: ['End it'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await post(`/drills/${encodeURIComponent(id)}/end`, {})
        tell('The drill is over')
        await refresh()
      }),
  })
