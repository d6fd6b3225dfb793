type Child = Node | string | null | false
type Attributes = Record<string, string | boolean | null>

const fill = <E extends Element>(element: E, attributes: Attributes, children: Child[]): E => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue
    element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false))
  return element
}

/** An element with attributes and children; strings become text, never markup. */
export const el = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => fill(document.createElement(name), attributes, children)

export const svg = <K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] => fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children)

export const button = (text: string, onClick: () => unknown, attributes: Attributes = {}): HTMLButtonElement => {
  const made = el('button', { type: 'button', 'data-focus': text, ...attributes }, text)
  made.addEventListener('click', () => void onClick())
  return made
}

/** The element of the page with this id; the page and its script are served together. */
export const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement

/** Replaces what is shown and keeps the keyboard where it was: on the element with the same `data-focus`. */
export const show = (container: HTMLElement, ...children: Child[]): void => {
  const held = container.contains(document.activeElement) ? document.activeElement : null
  const key = held?.getAttribute('data-focus')
  const openDetails = new Set([...container.querySelectorAll('details[open]')].map(({ className }) => className))
  container.replaceChildren(...children.filter((child): child is Node | string => child !== null && child !== false))
  for (const details of container.querySelectorAll('details')) details.open ||= openDetails.has(details.className)
  if (key) container.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus({ preventScroll: true })
}
