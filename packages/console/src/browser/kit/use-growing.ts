import { useEffect, useState } from 'preact/hooks'

const AT_ONCE = 25

/** How many of so many things to draw: some at once, the others little by little, so that the page never stands still. */
export const useGrowing = (count: number): number => {
  const [drawn, setDrawn] = useState(AT_ONCE)
  useEffect(() => {
    const timer = setTimeout(() => drawn < count && setDrawn(drawn + AT_ONCE))
    return () => clearTimeout(timer)
  }, [drawn, count])
  return Math.min(drawn, count)
}
