import { OutcryError } from '@outcry/contracts'

/** One line of `outcry doctor`. `fix` only where it is not ok. */
export type Finding = { check: string; ok: boolean; detail: string; fix?: string }

export const fine = (check: string, detail: string): Finding => ({ check, ok: true, detail })
export const faulty = (check: string, detail: string, fix: string): Finding => ({ check, ok: false, detail, fix })

/** The finding of a check that throws, with the fix its error names. */
export const findingOf = (check: string, error: unknown): Finding => {
  const message = error instanceof Error ? error.message : String(error)
  return faulty(check, message, error instanceof OutcryError && error.fix !== '' ? error.fix : 'See the message.')
}
