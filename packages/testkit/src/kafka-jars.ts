import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { available, isRequired, onPath } from './requirement.ts'

const KAFKA_VERSIONS = ['4.3.1', '3.9.2'] as const
export type KafkaVersion = (typeof KAFKA_VERSIONS)[number]

/** The broker that tests run against: the newest, or the one that OUTCRY_TEST_KAFKA names. */
export const kafkaVersion = (): KafkaVersion => {
  const asked = process.env['OUTCRY_TEST_KAFKA'] ?? KAFKA_VERSIONS[0]
  const known = KAFKA_VERSIONS.find((version) => version === asked)
  if (known === undefined) throw new Error(`OUTCRY_TEST_KAFKA is ${asked}; known are ${KAFKA_VERSIONS.join(', ')}`)
  return known
}

const cacheFolder = () => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'outcry-test')
const jarsFolder = (version: KafkaVersion) => join(cacheFolder(), `kafka-${version}`)

/**
 * Whether a real broker can be started here: Java, and either Maven or the jars of an earlier run. Where
 * OUTCRY_TEST_REQUIRE names `kafka`, a missing one is an error instead.
 */
export const kafkaAvailable = (version: KafkaVersion = kafkaVersion()): boolean => {
  const found = onPath('java') && (onPath('mvn') || existsSync(jarsFolder(version)))
  return available('kafka', found, 'java and mvn are not on the PATH')
}

/** Whether what runs on Kafka is tested on 3.9 as well: a second download, so only where Kafka is required, as in CI. */
export const previousKafkaWanted = (): boolean => isRequired('kafka') && kafkaAvailable('3.9.2')

const dependency = (artifact: string, version: string) =>
  `<dependency><groupId>org.apache.kafka</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`

const pom = (version: KafkaVersion) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>outcry</groupId><artifactId>test-broker</artifactId><version>1</version>
  <dependencies>${dependency('kafka_2.13', version)}${dependency('kafka-tools', version)}</dependencies>
</project>
`

/** The folder of the broker's jars, fetched from Maven Central (about 55 MiB) on the first use of a machine. */
export const resolveKafkaJars = async (version: KafkaVersion): Promise<string> => {
  const folder = jarsFolder(version)
  if (existsSync(folder)) return folder
  await mkdir(cacheFolder(), { recursive: true })
  const work = await mkdtemp(join(cacheFolder(), 'fetch-'))
  try {
    await writeFile(join(work, 'pom.xml'), pom(version))
    await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=jars'], work)
    // Another process may have been faster; its jars are as good.
    await rename(join(work, 'jars'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return folder
}

/** Runs a command to its end; rejects with its last output where it fails. */
export const run = (command: string, args: readonly string[], cwd: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${output}`)),
    )
  })
