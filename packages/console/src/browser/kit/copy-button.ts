import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { copyText } from './copy-text.ts'
import { button } from './elements.ts'

/** A button that copies a text and says so in its place. */
export const CopyButton = ({ name, of, text }: { name: string; of: string; text: string }): VNode => {
  const [copied, setCopied] = useState<string | null>(null)
  return button(copied === text ? 'Copied' : name, async () => setCopied((await copyText(name, text)) ? text : null), {
    'data-focus': `${of} ${name}`,
    'aria-label': `${name}: ${of}`,
  })
}
