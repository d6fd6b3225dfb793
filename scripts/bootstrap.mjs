// Brings the checkout to the point where the pinned Node 24 can run it. Plain JavaScript for any Node from 20 on,
// with npm alone. Messages go to stderr: stdout belongs to the command that follows.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { acquireSetupLock } from './setup-lock.mjs'
import { explainInstallFailure, SetupError } from './setup-error.mjs'

export const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..')
export const pinnedNode = join(root, 'node_modules/node/bin/node')
const marker = join(root, 'node_modules/.outcry-installed')
const say = (text) => process.stderr.write(`${text}\n`)

/** Installs what the lockfile names, once per lockfile; returns at once when that was done before. */
export const ensureInstalled = async () => {
  const wanted = fingerprint()
  if (isInstalled(wanted)) return
  let release
  try {
    release = await acquireSetupLock(join(root, '.cache'), (pid) =>
      say(`Another start is setting up this checkout (process ${pid}); waiting for it.`),
    )
  } catch (error) {
    throw error?.code === undefined ? error : explainInstallFailure(String(error.code), root)
  }
  try {
    if (!isInstalled(wanted)) await install(wanted)
  } finally {
    release()
  }
}

const isInstalled = (wanted) => {
  try {
    return readFileSync(marker, 'utf8') === wanted && existsSync(pinnedNode)
  } catch {
    return false
  }
}

const fingerprint = () => {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const install = async (wanted) => {
  const { devEngines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = devEngines.packageManager.version
  const startedAt = Date.now()
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0)
  try {
    mkdirSync(join(root, 'node_modules'), { recursive: true })
    rmSync(marker, { force: true })
  } catch (error) {
    throw explainInstallFailure(String(error?.code), root)
  }
  say(`Setting up: installing Outcry's packages with pnpm ${version}. This happens once per version.`)
  const progress = showProgress(seconds)
  const args = ['-y', `pnpm@${version}`, 'install', '--frozen-lockfile', '--reporter=append-only']
  const { code, output } = await runNpx(args, progress.line)
  progress.end()
  if (code !== 0) throw explainInstallFailure(output, root)
  if (!existsSync(pinnedNode)) throw explainInstallFailure(`${output}\nnode_modules/node/bin/node is missing`, root)
  writeFileSync(marker, wanted)
  say(`Set up in ${seconds()} s.`)
}

const LIVE_LINE_MS = 200
const LOG_LINE_MS = 5_000

/** On a terminal one live line; elsewhere a line every few seconds, so that nobody thinks it hangs. */
const showProgress = (seconds) => {
  const live = process.stderr.isTTY === true
  let latest = 'fetching pnpm'
  const draw = () =>
    live
      ? process.stderr.write(`\r\u001B[2K  ${seconds()} s  ${latest.slice(0, (process.stderr.columns ?? 80) - 12)}`)
      : say(`  ${seconds()} s  ${latest}`)
  const timer = setInterval(draw, live ? LIVE_LINE_MS : LOG_LINE_MS)
  return {
    line: (text) => {
      if (/^(Progress|Packages|Scope|Downloading|Done)|install|postinstall/.test(text)) latest = text.trim()
    },
    end: () => {
      clearInterval(timer)
      if (live) process.stderr.write('\r\u001B[2K')
    },
  }
}

const OUTPUT_KEPT_CHARS = 20_000

// npx and not corepack, which refuses registries whose signatures it does not know; and never `npm install`, which takes
// the root without its workspaces and says nothing.
const runNpx = (args, onLine) =>
  new Promise((done, fail) => {
    // Under `npm start` npm tells where it is; npx then needs no PATH.
    const npmCli = process.env.npm_execpath
    const npxCli = npmCli?.endsWith('npm-cli.js') ? join(dirname(npmCli), 'npx-cli.js') : undefined
    const useCli = npxCli !== undefined && existsSync(npxCli)
    const child = spawn(useCli ? process.execPath : 'npx', useCli ? [npxCli, ...args] : args, {
      cwd: root,
      env: { ...process.env, CI: 'true', npm_config_update_notifier: 'false', npm_config_loglevel: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_KEPT_CHARS)
      for (const line of String(chunk).split('\n')) if (line.trim()) onLine(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) =>
      error.code === 'ENOENT'
        ? fail(new SetupError('npx was not found.', 'Install npm (it comes with Node) and start again.'))
        : fail(error),
    )
    child.on('close', (code, signal) => done({ code: signal === null ? code : 1, output }))
  })

/**
 * Runs the pinned Node with this process's stdio and answers its exit code. The child leads its own process group
 * when `ownGroup` is set: a Ctrl-C then reaches it once, through here, and not also its database behind its back.
 * It learns through the closed channel when this process was killed.
 */
export const handOver = (args, { env = {}, ownGroup = false } = {}) =>
  new Promise((done, fail) => {
    const child = spawn(pinnedNode, args, {
      env: { ...process.env, ...env },
      detached: ownGroup,
      stdio: ownGroup ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    })
    const forward = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    if (ownGroup && process.env.npm_lifecycle_event !== undefined) onParentGone(() => child.kill('SIGTERM'))
    child.on('error', fail)
    child.on('exit', (code, signal) => done(signal === null ? code : 128 + constants.signals[signal]))
  })

const PARENT_CHECK_MS = 500

/** npm passes a signal to a shell, which dies of it and tells nobody: what it ran must notice by itself. */
const onParentGone = (stop) => {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, PARENT_CHECK_MS)
  timer.unref()
}

/** Runs `main`, tells a failed setup in plain words, and ends with the exit code. */
export const runMain = async (main) => {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`\n${error.message}\n${error.fix}`)
    process.exitCode = 1
  }
}
