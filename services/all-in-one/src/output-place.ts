import type { Stats } from 'node:fs'
import { mkdir, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { OutcryError } from '@outcry/contracts'

/** Makes a directory and those above it where they are missing. Throws `OUTPUT_UNWRITABLE`. */
export const makeDirectory = async (directory: string, shown: string): Promise<void> => {
  const missing: string[] = []
  let at = directory
  let found = await statOf(at, shown)
  for (; found === undefined && dirname(at) !== at; found = await statOf(at, shown)) {
    missing.unshift(at)
    at = dirname(at)
  }
  if (found !== undefined && !found.isDirectory())
    throw unwritable(shown, `${at} is a file, and a directory is needed`, 'Name a directory, or one that may be made.')
  // One at a time: where the system refuses with ENOENT, as in /proc, Node's recursive mkdir never returns.
  for (const each of missing)
    await mkdir(each).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' || !(await stat(each)).isDirectory()) throw unwritableAs(shown, error)
    })
}

/**
 * Where a file is to be put: the file that a link leads to, and whether it is written in place, as a device or a pipe
 * must be. Throws `OUTPUT_UNWRITABLE`.
 */
export const fileTarget = async (file: string, shown: string): Promise<{ target: string; inPlace: boolean }> => {
  const known = await statOf(file, shown)
  if (known === undefined) {
    if ((await statOf(dirname(file), shown)) === undefined)
      throw unwritable(shown, `the directory ${dirname(file)} does not exist`, 'Make it, or name another place.')
    return { target: file, inPlace: false }
  }
  if (known.isDirectory()) throw unwritable(shown, 'it is a directory', 'Name the file that is to be written in it.')
  return known.isFile() ? { target: await realpath(file), inPlace: false } : { target: file, inPlace: true }
}

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT'])
const NOT_ALLOWED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT'])

/** The error of a write that failed, in words. */
export const unwritableAs = (shown: string, error: NodeJS.ErrnoException): OutcryError => {
  const code = error.code ?? ''
  if (NO_SPACE.has(code))
    return unwritable(shown, 'there is no space left', 'Make room or name another place; nothing was put there.', error)
  const why = NOT_ALLOWED.has(code) ? 'nothing may be written there' : error.message
  return unwritable(shown, why, 'Name a place that this user may write to.', error)
}

const unwritable = (shown: string, why: string, fix: string, cause?: Error): OutcryError =>
  new OutcryError('OUTPUT_UNWRITABLE', `${shown} cannot be written: ${why}.`, { fix, exitCode: 2, cause })

/** What is there; undefined where nothing is. */
const statOf = async (path: string, shown: string): Promise<Stats | undefined> =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    if (error.code === 'ENOTDIR')
      throw unwritable(shown, `a part of ${dirname(path)} is a file, and a directory is needed`, 'Name another place.')
    throw unwritableAs(shown, error)
  })
