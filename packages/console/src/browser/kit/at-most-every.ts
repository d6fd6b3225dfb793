/** Calls at once, and of the calls in the time after that only one, at its end: bursts are folded. */
export const atMostEvery = (ms: number, act: () => void): (() => void) => {
  let waiting = false
  let wanted = false
  const run = (): void => {
    waiting = true
    act()
    setTimeout(() => {
      waiting = false
      if (!wanted) return
      wanted = false
      run()
    }, ms)
  }
  return () => {
    if (waiting) wanted = true
    else run()
  }
}
