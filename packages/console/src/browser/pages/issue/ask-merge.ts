import { ask, issuePath, post } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import type { Issue, IssueSummary } from '../../views/issue.ts'

const OPEN = 'state=open&state=acknowledged&state=announced'

/** Asks which other issue of the brand this one is the same as. */
export const askMerge = async ({ id, brand, label }: Issue, onMerged: () => Promise<void>): Promise<void> => {
  const path = `/issues?brand=${encodeURIComponent(brand)}&${OPEN}&limit=100`
  const { items } = await ask<{ items: IssueSummary[] }>(path)
  const others = items.filter((each) => each.id !== id)
  formDialog({
    title: `Merge: ${label}`,
    fields:
      others.length === 0
        ? el('p', {}, 'There is no other open issue of this brand.')
        : [
            el(
              'p',
              {},
              'It is the same as another issue, which goes on with the people and posts of both. What is like this one goes there from now on.',
            ),
            el(
              'label',
              {},
              'Into',
              el(
                'select',
                { name: 'into', 'data-first': '' },
                others.map((each) => el('option', { key: each.id, value: each.id }, each.label)),
              ),
            ),
          ],
    submits: others.length === 0 ? [] : ['Merge'],
    leave: 'Cancel',
    onSubmit: async (data) =>
      tried(async () => {
        await post(`${issuePath(id)}/merge`, { into: fieldText(data, 'into') })
        tell(`Merge asked for: ${label}`)
        await onMerged()
      }),
  })
}
