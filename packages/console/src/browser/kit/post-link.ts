import type { ComponentChildren, VNode } from 'preact'
import { el } from './elements.ts'
import { safeLink } from './wording.ts'

/** A link to a page of the world, where its address is one of the web; its host on hover as the network knows it. */
export const PostLink = ({ url, children }: { url: string | null; children?: ComponentChildren }): VNode | null => {
  const href = safeLink(url)
  return href === null
    ? null
    : el('a', { href, title: new URL(href).host, rel: 'noopener noreferrer nofollow', target: '_blank' }, children)
}
