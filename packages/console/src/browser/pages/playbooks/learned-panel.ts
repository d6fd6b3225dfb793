import { h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { faultText, remove } from '../../kit/api.ts'
import { button, el } from '../../kit/elements.ts'
import { tell } from '../../kit/news.ts'
import { refresh } from '../../kit/readings.ts'
import { issueLink } from '../../kit/router.ts'
import { Time } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import type { TypeExample } from '../../views/playbook.ts'

const examplesPath = (type: string): string => `/type-examples?limit=50&type=${encodeURIComponent(type)}`

/** The issues that people gave this type: later ones in similar words are proposed it. */
export const LearnedPanel = ({ issueType, mayChange }: { issueType: string; mayChange: boolean }): VNode | null => {
  const { data } = useReading<{ items: TypeExample[]; nextCursor: string | null }>(examplesPath(issueType))
  const [fault, setFault] = useState<string | null>(null)
  if (data === null || data.items.length === 0) return null
  const forget = async ({ issueId, label }: TypeExample): Promise<void> => {
    try {
      await remove(`/type-examples/${encodeURIComponent(issueId)}`)
      setFault(null)
      tell(`Nothing learns from it any more: ${label}`)
    } catch (error) {
      setFault(faultText(error))
    }
    await refresh()
  }
  return el(
    'section',
    { class: 'versions', 'aria-labelledby': 'learned-title' },
    el('h3', { id: 'learned-title' }, 'Learned from'),
    el('p', { class: 'quiet' }, 'Later issues of the brand in similar words are proposed this type.'),
    fault !== null && el('p', { class: 'fault', role: 'alert' }, fault),
    el(
      'ul',
      {},
      data.items.map((example) =>
        el(
          'li',
          { key: example.issueId },
          el('a', { href: issueLink(example.issueId), dir: 'auto' }, example.label),
          ` of ${example.brand}, says ${example.by}, `,
          h(Time, { at: example.at }),
          ' ',
          mayChange &&
            button('Learn no more', async () => forget(example), {
              'data-focus': `learned ${example.issueId}`,
              'aria-label': `Learn no more: ${example.label}`,
            }),
        ),
      ),
    ),
    data.nextCursor !== null && el('p', { class: 'quiet' }, 'Earlier ones are not shown; the API has them.'),
  )
}
