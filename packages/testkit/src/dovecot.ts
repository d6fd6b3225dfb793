import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  chownSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from './local-server.ts'
import { available } from './requirement.ts'

/** Where Debian has it, which is not on everybody's PATH. */
const BINARY = '/usr/sbin/dovecot'
/** Which Dovecot depends on. */
const OPENSSL = '/usr/bin/openssl'
const USER = 'help@acme.example'
const PASSWORD = 'secret'
const READY_TRIES = 200

/** Whether a real IMAP server, Debian's Dovecot, is installed; an error where OUTCRY_TEST_REQUIRE names imap. */
export const dovecotAvailable = (): boolean => {
  let found = true
  try {
    accessSync(BINARY, constants.X_OK)
  } catch {
    found = false
  }
  return available('imap', found, `there is no ${BINARY} (Debian package dovecot-imapd)`)
}

export type RunningDovecot = {
  host: 'localhost'
  /** Of IMAP in the clear, and of IMAP over TLS with `certificate`, which nobody vouches for. */
  port: number
  tlsPort: number
  certificate: string
  user: string
  password: string
  /** Puts a mail into the inbox. `receivedAt`: epoch ms. */
  deliver(source: string, receivedAt?: number): void
  /** Flags of the mails in the inbox, such as "S" for seen. */
  flags(): string[]
  /** Forgets which number each mail had: the folder gets a new UIDVALIDITY. */
  renumber(): void
  stop(): Promise<void>
}

/** Starts Dovecot on free loopback ports with an empty inbox, as whoever runs the test. */
export const startDovecot = async (): Promise<RunningDovecot> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-dovecot-'))
  const [port, tlsPort] = [await freePort(), await freePort()]
  const isRoot = process.getuid?.() === 0
  // Dovecot reads no mail as root.
  const owner = isRoot ? { uid: 65_534, gid: 65_534 } : { uid: userInfo().uid, gid: userInfo().gid }
  const inbox = join(folder, 'home', 'mail')
  const folders = [folder, join(folder, 'home'), inbox, ...['cur', 'new', 'tmp'].map((name) => join(inbox, name))]
  for (const each of folders) {
    mkdirSync(each, { recursive: true, mode: 0o755 })
    chownSync(each, owner.uid, owner.gid)
  }
  makeCertificate(folder)
  writeFileSync(join(folder, 'dovecot.conf'), configOf({ folder, inbox, port, tlsPort, owner, isRoot }))
  const child = spawn(BINARY, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
  await untilListening(port, () => child.exitCode)
  let number = 0

  return {
    host: 'localhost',
    port,
    tlsPort,
    certificate: readFileSync(join(folder, 'certificate.pem'), 'utf8'),
    user: USER,
    password: PASSWORD,
    deliver: (source, receivedAt = Date.now()) => {
      number += 1
      const written = join(inbox, 'tmp', `${number}.local`)
      writeFileSync(written, source)
      chownSync(written, owner.uid, owner.gid)
      utimesSync(written, receivedAt / 1_000, receivedAt / 1_000)
      renameSync(written, join(inbox, 'new', `${number}.local`))
    },
    flags: () =>
      ['new', 'cur'].flatMap((name) => readdirSync(join(inbox, name)).map((file) => /:2,(\w*)$/.exec(file)?.[1] ?? '')),
    renumber: () => {
      // What counts the values of UIDVALIDITY stays, or two of one second would be the same.
      for (const file of readdirSync(inbox)) if (/^dovecot(?:-uidlist|\.index)/.test(file)) rmSync(join(inbox, file))
    },
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const makeCertificate = (folder: string): void => {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync(OPENSSL, ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...names], {
    stdio: 'ignore',
  })
}

const configOf = (options: {
  folder: string
  inbox: string
  port: number
  tlsPort: number
  owner: { uid: number; gid: number }
  isRoot: boolean
}): string => {
  const { folder, inbox, port, tlsPort, owner } = options
  // Only root may be several users.
  const users = options.isRoot ? '' : onlyUser()
  return `${users}base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${inbox}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/home
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
  }
}
service anvil {
  chroot =
}
`
}

const onlyUser = (): string => {
  const { username } = userInfo()
  const group = execFileSync('/usr/bin/id', ['-gn'], { encoding: 'utf8' }).trim()
  return `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${group}\n`
}

const untilListening = async (port: number, exitCode: () => number | null): Promise<void> => {
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    if (exitCode() !== null) throw new Error(`dovecot ended with ${exitCode()}`)
    const socket = connect(port, '127.0.0.1')
    const [event] = await Promise.race([
      once(socket, 'data').then(() => ['ready']),
      once(socket, 'close').then(() => ['closed']),
    ]).catch(() => ['refused'])
    socket.destroy()
    if (event === 'ready') return
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  throw new Error('dovecot did not become ready')
}
