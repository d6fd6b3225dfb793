import { encode } from 'fast-png'
import { GLYPH, glyphOf } from './bitmap-font.ts'

type Box = { x: number; y: number; width: number; height: number }

/** An opaque picture in memory; `color` is an index into its palette. What lies outside of it is not drawn. */
export type Bitmap = {
  paint(box: Box, color: number): void
  /** One line; `y` is its upper edge, a dot of the font is `scale` pixels wide. Unknown characters stay empty. */
  write(text: string, at: { x: number; y: number; scale: number }, color: number): void
  /** As a PNG of its palette's colours: size and pixels, no text. */
  png(): Uint8Array
}

/** `palette`: red, green and blue of each colour, 0 to 255; the first is the background. */
export const createBitmap = (width: number, height: number, palette: number[][]): Bitmap => {
  const data = new Uint8Array(width * height)

  const paint = (box: Box, color: number) => {
    const left = Math.max(0, Math.round(box.x))
    const right = Math.min(width, Math.round(box.x + box.width))
    const bottom = Math.min(height, Math.round(box.y + box.height))
    if (right <= left) return
    for (let y = Math.max(0, Math.round(box.y)); y < bottom; y += 1)
      data.fill(color, y * width + left, y * width + right)
  }

  return {
    paint,
    write: (text, { x, y, scale }, color) => {
      for (const [n, character] of text.split('').entries())
        for (const [column, dots] of (glyphOf(character) ?? []).entries())
          for (let row = 0; row < GLYPH.height; row += 1) {
            if (((dots >> row) & 1) === 0) continue
            const left = x + (n * GLYPH.advance + column) * scale
            paint({ x: left, y: y + row * scale, width: scale, height: scale }, color)
          }
    },
    png: () => encode({ width, height, data, palette, channels: 1, depth: 8 }),
  }
}
