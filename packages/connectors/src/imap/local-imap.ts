import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export const USER = 'help@acme.example'
export const PASSWORD = 'a password'

export type LocalMail = { uid: number; receivedAt: number; source: Buffer }
/** How the server treats a command: as it should, by a refusal, by ending or halving the connection, or not at all. */
export type Treatment = { refuse: string } | 'hang up' | 'halve' | 'ignore' | undefined

const CAPABILITIES = 'IMAP4rev1 IDLE SASL-IR AUTH=PLAIN AUTH=XOAUTH2'

/**
 * An IMAP server with one folder and what reading it takes: LOGIN, EXAMINE, UID SEARCH, UID FETCH, IDLE. `treat` may
 * treat a command in another way.
 */
export const startImapServer = async (
  options: { treat?: (command: string, number: number) => Treatment; accessToken?: () => string; idles?: boolean } = {},
) => {
  let mails: LocalMail[] = []
  let uidValidity = 1
  let uidNext = 1
  let commands = 0
  const sockets = new Set<Socket>()
  const idling = new Map<Socket, () => void>()
  const commandsSeen: string[] = []

  const capabilities = options.idles === false ? CAPABILITIES.replace(' IDLE', '') : CAPABILITIES

  const accepts = (command: string): boolean => {
    const [, mechanism = '', token = ''] = /^AUTHENTICATE (\S+) ?(\S*)/i.exec(command) ?? []
    const said = Buffer.from(token, 'base64').toString()
    if (/XOAUTH2/i.test(mechanism)) return said.includes(`Bearer ${options.accessToken?.() ?? ''}\u0001`)
    return said.includes(`\0${USER}\0${PASSWORD}`) || command.includes(`"${PASSWORD}"`)
  }

  const inRange = (set: string, { uid }: LocalMail): boolean =>
    set.split(',').some((part) => {
      const [from = 0, to = from] = part.split(':').map((end) => (end === '*' ? (mails.at(-1)?.uid ?? 0) : Number(end)))
      return uid >= Math.min(from, to) && uid <= Math.max(from, to)
    })

  const searched = (query: string): LocalMail[] => {
    const [, set] = /UID ([\d:*,]+)/.exec(query) ?? []
    if (set !== undefined) return mails.filter((mail) => inRange(set, mail))
    const since = Date.parse(`${/SINCE (\S+)/.exec(query)?.[1]?.replaceAll('"', '')} UTC`)
    return mails.filter(({ receivedAt }) => receivedAt >= since)
  }

  const fetched = (query: string): Buffer => {
    const [, set = ''] = /^(\S+)/.exec(query) ?? []
    const maxBytes = Number(/BODY\.PEEK\[\]<\d+\.(\d+)>/.exec(query)?.[1] ?? 0)
    const rows = mails
      .filter((mail) => inRange(set, mail))
      .map((mail) => {
        const date = new Date(mail.receivedAt)
          .toUTCString()
          .slice(5, 25)
          .replaceAll(' ', '-')
          .replace(/-(?=\d\d:)/, ' ')
        const seq = mails.indexOf(mail) + 1
        const head = `* ${seq} FETCH (UID ${mail.uid} INTERNALDATE "${date} +0000"`
        if (maxBytes === 0) return Buffer.from(`${head})\r\n`)
        const body = mail.source.subarray(0, maxBytes)
        return Buffer.concat([Buffer.from(`${head} BODY[]<0> {${body.length}}\r\n`), body, Buffer.from(')\r\n')])
      })
    return Buffer.concat(rows)
  }

  const opened = (): string =>
    [
      '* FLAGS (\\Seen)',
      `* ${mails.length} EXISTS`,
      '* 0 RECENT',
      `* OK [UIDVALIDITY ${uidValidity}] valid`,
      `* OK [UIDNEXT ${uidNext}] next`,
      '',
    ].join('\r\n')

  const respond = (socket: Socket, tag: string, command: string): void => {
    const name = /^(?:UID )?\w+/i.exec(command)?.[0].toUpperCase() ?? ''
    commandsSeen.push(command)
    commands += 1
    const treatment = options.treat?.(name, commands)
    if (treatment === 'ignore') return
    if (treatment === 'hang up') return void socket.destroy()
    const refused = typeof treatment === 'object' ? treatment.refuse : undefined
    if (refused !== undefined) return void socket.write(`${tag} NO ${refused}\r\n`)
    const ok = (data: string | Buffer = '', said = 'done') => {
      if (treatment === 'halve') return void socket.end(data.slice(0, Math.ceil(data.length / 2)))
      socket.write(data)
      return void socket.write(`${tag} OK ${said}\r\n`)
    }
    switch (name) {
      case 'CAPABILITY':
        return ok(`* CAPABILITY ${capabilities}\r\n`)
      case 'LOGIN':
      case 'AUTHENTICATE':
        if (accepts(command)) return ok('', `[CAPABILITY ${capabilities}] in`)
        return void socket.write(`${tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n`)
      case 'LIST':
        if (command.endsWith(' ""')) return ok('* LIST (\\Noselect) "/" ""\r\n')
        return ok(/ "?INBOX"?$/i.test(command) ? '* LIST (\\HasNoChildren) "/" INBOX\r\n' : '')
      case 'EXAMINE':
        if (!/ "?INBOX"?$/i.test(command)) return void socket.write(`${tag} NO [NONEXISTENT] No such mailbox\r\n`)
        return ok(opened(), '[READ-ONLY] examined')
      case 'UID SEARCH':
        return ok(
          `* SEARCH ${searched(command.slice(11))
            .map(({ uid }) => uid)
            .join(' ')}\r\n`,
        )
      case 'UID FETCH':
        return ok(fetched(command.slice(10)))
      case 'IDLE':
        socket.write('+ idling\r\n')
        idling.set(socket, () => ok())
        return undefined
      case 'NOOP':
      case 'ID':
      case 'LSUB':
      case 'NAMESPACE':
        return ok()
      default:
        return void socket.write(`${tag} BAD unknown\r\n`)
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.once('close', () => {
      sockets.delete(socket)
      idling.delete(socket)
    })
    socket.write(`* OK [CAPABILITY ${capabilities}] local\r\n`)
    let waiting = ''
    let begun: { tag: string; command: string } | undefined
    socket.on('data', (data: Buffer) => {
      const lines = (waiting + data.toString('latin1')).split('\r\n')
      waiting = lines.pop() ?? ''
      for (const line of lines) {
        const end = idling.get(socket)
        if (end !== undefined && /^DONE$/i.test(line)) {
          idling.delete(socket)
          end()
          continue
        }
        const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [null, '', line]
        if (begun !== undefined) {
          respond(socket, begun.tag, `${begun.command} ${line}`)
          begun = undefined
        } else if (/^AUTHENTICATE \S+$/i.test(command)) {
          begun = { tag, command }
          socket.write('+ \r\n')
        } else respond(socket, tag, command)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    config: {
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      security: 'none',
      user: USER,
      password: PASSWORD,
      mailbox: 'INBOX',
      automatic: false,
      maxMailBytes: 262_144,
    },
    commands: commandsSeen,
    /** Puts a mail into the folder, and tells those who wait. */
    put: (source: string | Buffer, receivedAt = Date.now()): number => {
      const uid = uidNext
      uidNext += 1
      mails.push({ uid, receivedAt, source: Buffer.from(source) })
      for (const socket of idling.keys()) socket.write(`* ${mails.length} EXISTS\r\n`)
      return uid
    },
    remove: (uid: number) => {
      mails = mails.filter((mail) => mail.uid !== uid)
    },
    /** Gives every mail a new number, as a folder that was made anew does. */
    renumber: () => {
      uidValidity += 1
      mails = mails.map((mail, at) => ({ ...mail, uid: at + 1 }))
      uidNext = mails.length + 1
      for (const socket of sockets) socket.destroy()
    },
    isIdling: () => idling.size > 0,
    hangUp: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A mail of a person. */
export const makeMail = (
  number: number,
  { headers = {}, text = `order ${number} never came` }: { headers?: Record<string, string>; text?: string } = {},
): string => {
  const all = {
    From: `Ann ${number} <ann${number % 50}@example.org>`,
    To: USER,
    Subject: `Order ${number}`,
    Date: new Date().toUTCString(),
    'Message-ID': `<${number}@example.org>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${head.join('')}\r\n${text}\r\n`
}
