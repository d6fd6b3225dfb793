import { describe, expect, it } from 'vitest'
import { decodeBytes } from './decode-bytes.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')

describe('the text of a document', () => {
  it.each([
    ['its byte order mark', Buffer.from('\uFEFFMüll', 'utf16le'), 'text/xml; charset=iso-8859-1', 'Müll'],
    ['how its first character is written', Buffer.from('<a>é', 'utf16le'), '', '<a>é'],
    ['its header', latin('Müll'), 'text/xml; charset="ISO-8859-1"', 'Müll'],
    [
      'its declaration',
      latin('<?xml version="1.0" encoding=\'latin1\'?>Müll'),
      '',
      '<?xml version="1.0" encoding=\'latin1\'?>Müll',
    ],
    ['UTF-8', Buffer.from('Müll 💥'), '', 'Müll 💥'],
    [
      'its declaration where the header is wrong',
      latin('<?xml encoding="windows-1252"?>\x80'),
      'a/b; charset=utf-8',
      '<?xml encoding="windows-1252"?>€',
    ],
    ['what browsers take where all is wrong', latin('Müll'), 'text/xml; charset=no-such', 'Müll'],
  ])('is read by %s', (_, bytes, contentType, text) => {
    expect(decodeBytes(bytes, contentType)).toBe(text)
  })
})
