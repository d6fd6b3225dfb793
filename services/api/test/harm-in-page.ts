/** For `page.evaluate`: what a page may not have, whatever is shown in it. */
export const HARM_IN_PAGE = String.raw`(() => {
  const found = []
  const start = (text) => text.slice(0, 80)
  if ('ran' in globalThis) found.push('a post ran')
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push('listens by ' + name)
      if (['href', 'src', 'action', 'xlink:href'].includes(name) && !/^https?:$/.test(new URL(value, location.href).protocol))
        found.push('leads to ' + start(value))
    }
    if (element.matches('iframe, object, embed, base, body style, script:not([src])')) found.push('made ' + start(element.outerHTML))
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
    const text = node.textContent
    const place = start(node.parentElement.outerHTML)
    if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) found.push('turns directions: ' + place)
    // Strong right-to-left letters reorder what stands beside them unless they are kept apart.
    if (/\p{Script=Hebrew}/u.test(text) && !node.parentElement.closest('bdi, [dir]')) found.push('not kept apart: ' + place)
    if (/\p{M}{8}/u.test(text)) found.push('piles marks up: ' + place)
  }
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((one) => !one.matches('.hidden') && (one.getBoundingClientRect().right > clientWidth + 1 || one.scrollWidth > Math.max(clientWidth, one.clientWidth) + 1))
    found.push(location.hash + ' is wider than the screen: ' + wide.slice(0, 8).map((one) => start(one.outerHTML)).join(' in '))
  }
  return found
})()`
