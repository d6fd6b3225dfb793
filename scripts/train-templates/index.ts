import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Templates } from './expand.ts'
import { fr } from './fr.ts'
import { hi } from './hi.ts'
import { it } from './it.ts'
import { pt } from './pt.ts'

export const templates: Readonly<Record<string, Templates>> = { ar, de, en, es, fr, hi, it, pt }
