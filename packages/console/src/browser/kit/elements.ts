import { h, type ComponentChildren, type HTMLAttributes, type JSX, type VNode } from 'preact'

type Named = { [name: `data-${string}`]: string | undefined }

/** An element of the page, its attributes checked by its name; strings become text, never markup. */
export const el = <K extends keyof JSX.IntrinsicElements>(
  name: K,
  attributes: JSX.IntrinsicElements[K] & Named,
  ...children: ComponentChildren[]
): VNode => h(name, attributes as HTMLAttributes, ...children)

/** A button; `data-focus` is what `focusOn` finds it by, its text where it is not given. */
export const button = (
  text: string,
  onClick: () => unknown,
  attributes: JSX.IntrinsicElements['button'] & Named = {},
): VNode => el('button', { type: 'button', 'data-focus': text, ...attributes, onClick: () => void onClick() }, text)

/** The keyboard goes to the element of this `data-focus` once it is drawn. */
export const focusOn = (key: string): void => {
  setTimeout(() =>
    document.querySelector<HTMLElement>(`main [data-focus="${CSS.escape(key)}"]`)?.focus({ preventScroll: true }),
  )
}
