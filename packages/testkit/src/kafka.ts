import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KafkaVersion, kafkaVersion, resolveKafkaJars, run } from './kafka-jars.ts'

/** A real single-node broker on loopback, and the faults it can be put under. */
export type RunningKafka = {
  /** `host:port`, the same over restarts. */
  brokers: string[]
  /** Ends it as an operator would. Deletes its data. Safe twice. */
  stop(): Promise<void>
  /** kill -9; the data stays for `restart`. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** SIGSTOP: the connection stays, nothing answers. */
  freeze(): void
  thaw(): void
  /** Takes away everybody's rights to every consumer group; needs `authorizer`. */
  denyGroups(): Promise<void>
  /** Whether its process lives: on a full disk it ends by itself. */
  alive(): boolean
  /** Where it keeps what it was given. */
  dataFolder: string
}

const START_TIMEOUT_MS = 90_000
const JAVA_OPTIONS = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn']

export type StartKafkaOptions = {
  version?: KafkaVersion
  /** Anybody may do what no rule forbids; rules can be made. */
  authorizer?: boolean
  /** Lets in only who signs in with the mechanism PLAIN as this user. */
  sasl?: { username: string; password: string }
  /** Where its data lie: a small disk, for example. */
  folder?: string
}

/** Starts a KRaft broker on free ports; resolves when it answers. Takes 4 to 10 s, and a download at first. */
export const startKafka = async (options: StartKafkaOptions = {}): Promise<RunningKafka> => {
  const jars = await resolveKafkaJars(options.version ?? kafkaVersion())
  const folder = await mkdtemp(join(options.folder ?? tmpdir(), 'outcry-kafka-'))
  const [port, controllerPort] = await freePorts()
  const settings =
    properties(folder, port, controllerPort) +
    (options.authorizer === true ? AUTHORIZER : '') +
    (options.sasl === undefined ? '' : signIn(options.sasl))
  await writeFile(join(folder, 'server.properties'), settings)
  await writeFile(join(folder, 'log4j2.properties'), 'rootLogger.level = warn\n')
  const java = ['-cp', `${jars}/*`, `-Dlog4j2.configurationFile=${folder}/log4j2.properties`, ...JAVA_OPTIONS]
  const clusterId = randomBytes(16).toString('base64url')
  await run(
    'java',
    [...java, 'kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', 'server.properties'],
    folder,
  )

  let child: ChildProcess | null = null
  const launch = async () => {
    const log = openSync(join(folder, 'broker.log'), 'a')
    child = spawn('java', [...java, 'kafka.Kafka', 'server.properties'], { cwd: folder, stdio: ['ignore', log, log] })
    await untilAnswering(child, port, join(folder, 'broker.log'))
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const exited = once(ending, 'exit')
    ending.kill('SIGCONT')
    ending.kill(signal)
    const hurry = setTimeout(() => ending.kill('SIGKILL'), 15_000)
    await exited
    clearTimeout(hurry)
  }

  await launch().catch(async (error: unknown) => {
    await end('SIGKILL')
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  return {
    brokers: [`127.0.0.1:${port}`],
    stop: async () => {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
    kill: () => end('SIGKILL'),
    restart: launch,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    denyGroups: () =>
      run(
        'java',
        [...java, ...denyGroups(options.version ?? kafkaVersion()), `--bootstrap-server=127.0.0.1:${port}`],
        folder,
      ),
    dataFolder: join(folder, 'data'),
    alive: () => child !== null && child.exitCode === null && child.signalCode === null,
  }
}

const properties = (folder: string, port: number, controllerPort: number) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${folder}/data
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=4
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=2
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
log.retention.check.interval.ms=1000
log.cleaner.backoff.ms=500
log.segment.delete.delay.ms=1000
log.cleaner.dedupe.buffer.size=4194304
`

const AUTHORIZER = `authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=true
`

/** The name of the listener stays; what it speaks changes. */
const signIn = ({ username, password }: NonNullable<StartKafkaOptions['sasl']>) => {
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  return `listener.security.protocol.map=PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.plaintext.plain.sasl.jaas.config=${login} username="${username}" password="${password}" user_${username}="${password}";
`
}

const denyGroups = (version: KafkaVersion) => [
  version.startsWith('3.') ? 'kafka.admin.AclCommand' : 'org.apache.kafka.tools.AclCommand',
  '--add',
  '--force',
  '--deny-principal=User:*',
  '--operation=All',
  '--group=*',
]

const freePorts = async (): Promise<[number, number]> => {
  const servers = [createServer(), createServer()]
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      return (server.address() as AddressInfo).port
    }),
  )
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return [ports[0]!, ports[1]!]
}

/** Whether something speaks the protocol there: it answers an ApiVersions request (key 18, version 0). */
export const answersKafka = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const finish = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1_000, () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
    socket.once('data', () => finish(true))
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 255, 255])))
  })

const untilAnswering = async (child: ChildProcess, port: number, logFile: string): Promise<void> => {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await answersKafka(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const log = await readFile(logFile, 'utf8').catch(() => '')
      throw new Error(`The broker did not start (exit ${child.exitCode}): ${log.slice(-2_000)}`)
    }
    await sleep(100)
  }
}
