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
