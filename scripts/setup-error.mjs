/** Setting up failed; `fix` says what a person can do. */
export class SetupError extends Error {
  constructor(message, fix) {
    super(message)
    this.fix = fix
  }
}

const CAUSES = [
  {
    sign: /ENOSPC|no space left/i,
    message: (root) => `The disk of ${root} is full.`,
    fix: 'Free about 1 GB and start again.',
  },
  {
    sign: /EROFS|read-only file system/i,
    message: (root) => `${root} is on a read-only file system and not set up yet.`,
    fix: 'Run `npm start` once where it can be written, or copy the checkout to a writable directory.',
  },
  {
    sign: /EACCES|EPERM|permission denied|operation not permitted/i,
    message: (root) => `${root} is not set up yet, and this user may not write there (or to npm's cache).`,
    fix: 'Start once as the owner of the directory, or copy it to one of your own.',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|FETCH_FAIL|network|socket|certificate/i,
    message: () => 'The package registry cannot be reached.',
    fix: 'Check the network, `npm config get registry` and the proxy (HTTPS_PROXY), then start again.',
  },
  {
    sign: /ERR_PNPM_OUTDATED_LOCKFILE/,
    message: () => 'pnpm-lock.yaml does not fit the package.json files.',
    fix: 'Restore both from git, or run `npx pnpm install` after changing dependencies.',
  },
]
const SHOWN_LINES = 12

/** What the output of a failed install means, with its last lines. */
export const explainInstallFailure = (output, root) => {
  const cause = CAUSES.find(({ sign }) => sign.test(output))
  const tail = output
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('Progress'))
    .slice(-SHOWN_LINES)
    .map((line) => `  ${line}`)
    .join('\n')
  return new SetupError(
    `Setting up failed. ${cause ? cause.message(root) : 'pnpm could not install the packages.'}`,
    `${cause ? cause.fix : 'What it said is below; starting again is safe.'}\n${tail}`,
  )
}
