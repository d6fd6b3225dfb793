import { el } from './elements.ts'
import { formDialog } from './form-dialog.ts'
import { tell } from './news.ts'

/** Puts a text on the clipboard; where the browser does not let it, shows the text to copy by hand. */
export const copyText = async (name: string, text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    tell(`Copied: ${name.replace(/^Copy /, '')}`)
    return true
  } catch {
    const field = el('textarea', { rows: 9, readOnly: true, dir: 'auto', defaultValue: text, 'data-first': '' })
    formDialog({
      title: name,
      fields: el('label', {}, 'The browser lets no page copy here; copy it by hand', field),
      submits: [],
      leave: 'Close',
      onSubmit: async () => 'done',
    })
    return false
  }
}
