/** Follows redirects and sends forms with the cookies it was given, as a browser on one host does. */
export const simpleBrowser = () => {
  const jar = new Map<string, string>()
  const ask = async (url: string, init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  /** Goes on while it is sent on, until `stop` says that the address is the one; it is not asked for then. */
  const follow = async (from: string, stop: (url: string) => boolean): Promise<string | Response> => {
    let url = from
    for (let steps = 0; steps < 12; steps += 1) {
      if (stop(url)) return url
      const answer = await ask(url)
      const location = answer.headers.get('location')
      if (location === null) return answer
      url = new URL(location, url).href
    }
    throw new Error(`sent on without end, at last to ${url}`)
  }
  const send = async (url: string, fields: Record<string, string>) =>
    ask(url, { method: 'POST', body: new URLSearchParams(fields) })
  return { jar, ask, follow, send }
}
export type SimpleBrowser = ReturnType<typeof simpleBrowser>
