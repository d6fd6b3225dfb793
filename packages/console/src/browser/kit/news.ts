import { createStore, useStore } from './store.ts'
import { el } from './elements.ts'

const news = createStore('')

/** Says to screen readers what happened. */
export const tell = (text: string): void => news.set(text)

export const News = () =>
  el('div', { id: 'news', class: 'hidden', role: 'status', 'aria-live': 'polite' }, useStore(news))
