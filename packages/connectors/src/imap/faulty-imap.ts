import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { makeMail, startImapServer, type Treatment } from './local-imap.ts'

/** Lost connections, busy servers, halved answers, and a server that falls silent. */
const fault = (command: string, number: number): Treatment => {
  switch (number % 29) {
    case 5:
      return command === 'UID FETCH' ? 'halve' : 'hang up'
    case 13:
      return { refuse: '[UNAVAILABLE] Temporary failure, try again.' }
    case 21:
      return 'hang up'
    default:
      return number === 60 ? 'ignore' : undefined
  }
}

/**
 * Half of the mails are there from the start, the others come while somebody waits for them, with automatic ones between,
 * and the folder gets new numbers on the way.
 */
export const startLocalImap = async (items: number): Promise<LocalPlatform> => {
  let state: 'up' | 'dark' | 'refusing' = 'up'
  let left = items
  let number = 0
  const server = await startImapServer({
    treat: (command, commands) => {
      if (state === 'dark') return 'hang up'
      if (state === 'refusing')
        return /^(?:LOGIN|AUTHENTICATE)$/.test(command) ? { refuse: '[AUTHENTICATIONFAILED] Expired.' } : 'hang up'
      if (command === 'IDLE' && left > 0) put(Math.min(250, left))
      return fault(command, commands)
    },
  })
  const startMs = Date.now() - 200_000
  const put = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      number += 1
      left -= 1
      server.put(makeMail(number), startMs + number * 150)
      if (number % 10 === 0) server.put(makeMail(1e6 + number, { headers: { 'Auto-Submitted': 'auto-replied' } }))
    }
    if (left === Math.floor(items / 4)) server.renumber()
  }
  put(Math.ceil(items / 2))
  return {
    config: { ...server.config, blindAfterMs: 40_000 },
    ids: new Set(Array.from({ length: items }, (_, n) => `imap:mail:${n + 1}@example.org`)),
    goDark: () => {
      state = 'dark'
      server.hangUp()
    },
    refuse: () => {
      state = 'refusing'
      server.hangUp()
    },
    close: server.close,
  }
}
