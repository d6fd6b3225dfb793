/** Messages of a conversation in public from which on it is better led elsewhere, once both have spoken. */
const ENOUGH_IN_PUBLIC = 3

/**
 * Advice to lead a conversation on in private, after two or three messages; null where it is too early, or where it is led
 * elsewhere already. `byPerson` and `byBrand` count the messages that were seen.
 */
export const moveOffline = (
  { byPerson, byBrand }: { byPerson: number; byBrand: number },
  handedOff: boolean,
): string | null => {
  const messages = byPerson + byBrand
  if (handedOff || byBrand === 0 || messages < ENOUGH_IN_PUBLIC) return null
  return `Move it to a private channel: ${messages} public messages`
}
