import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number of at least `least`. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || text.trim() === '')
      throw new InvalidArgumentError(`Give a whole number from ${least} on.`)
    return value
  }

/** Reads an option that is a share or probability. */
export const share = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1) || text.trim() === '') throw new InvalidArgumentError('Give a number from 0 to 1.')
  return value
}
