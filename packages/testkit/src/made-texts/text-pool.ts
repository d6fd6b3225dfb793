/** Gives texts about issues. `complaints` are the issues that can burst. */
export type TextPool = {
  issues: readonly string[]
  complaints: readonly string[]
  take(issue: string): string
}
