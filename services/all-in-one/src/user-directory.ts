/** Our npm scripts: under any other one, INIT_CWD is about something else. */
const SCRIPTS = new Set(['start', 'outcry'])

/** Where the user stands: npm moves to the root of the checkout and tells in INIT_CWD from where. */
export const userDirectory = (env: Readonly<Record<string, string | undefined>>, cwd: string): string =>
  env.npm_package_name === 'outcry' && SCRIPTS.has(env.npm_lifecycle_event ?? '') ? env.INIT_CWD || cwd : cwd
