import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OutcryError } from '@outcry/contracts'

/** Exactly this one, so that an install next year is the install that was tested. */
export const ONNXRUNTIME_VERSION = '1.30.0'

const OUTPUT_KEPT_CHARS = 2_000

/**
 * Puts onnxruntime-node into a directory of its own with npm, for this system alone: it comes with the libraries of
 * every system (288 MB), of which one is needed (45 MB). It is no dependency of Outcry, so the default install has none of it.
 */
export const installRuntime = async (directory: string, env: Readonly<Record<string, string | undefined>>) => {
  if (await isInstalled(directory)) return
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'package.json'), '{ "private": true }\n')
  // `--ignore-scripts` and the variable: its install script would fetch more from elsewhere for GPUs.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  await npm(['install', ...flags, `onnxruntime-node@${ONNXRUNTIME_VERSION}`], directory, {
    ...env,
    ONNXRUNTIME_NODE_INSTALL: 'skip',
  })
  await keepThisSystem(join(directory, 'node_modules/onnxruntime-node/bin'))
}

const isInstalled = async (directory: string): Promise<boolean> => {
  const path = join(directory, 'node_modules/onnxruntime-node/package.json')
  const text = await readFile(path, 'utf8').catch(() => '{}')
  return (JSON.parse(text) as { version?: string }).version === ONNXRUNTIME_VERSION
}

/** `bin/napi-vN/<platform>/<arch>`: the others go. */
const keepThisSystem = async (bin: string): Promise<void> => {
  for (const abi of await readdir(bin)) {
    for (const platform of await readdir(join(bin, abi))) {
      for (const arch of await readdir(join(bin, abi, platform))) {
        if (platform === process.platform && arch === process.arch) continue
        await rm(join(bin, abi, platform, arch), { recursive: true })
      }
    }
    if (!existsSync(join(bin, abi, process.platform, process.arch)))
      throw failed(`onnxruntime-node has no library for ${process.platform} ${process.arch}`)
  }
}

const npm = (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> =>
  new Promise((done, fail) => {
    // Under `npm run` npm tells where it is; no PATH is needed then.
    const cli = env['npm_execpath']
    const known = cli?.endsWith('npm-cli.js') === true && existsSync(cli)
    const child = spawn(known ? process.execPath : 'npm', known ? [cli, ...args] : args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_KEPT_CHARS))
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => fail(failed(`npm cannot be run: ${error.message}`)))
    child.on('close', (code) => (code === 0 ? done() : fail(failed(output.trim() || `npm ended with ${code}`))))
  })

const failed = (message: string): OutcryError =>
  new OutcryError('EMBEDDING_INSTALL_FAILED', `onnxruntime-node could not be installed: ${message}`, {
    fix: 'Let this machine reach a package registry with npm, then run outcry model install again.',
  })
