import { csv } from './csv.ts'
import { dot } from './dot.ts'
import type { ConnectionFormat } from './format.ts'
import { json } from './json.ts'
import { md } from './md.ts'
import { txt } from './txt.ts'

/** Every way to write permitted connections; the first is the default. */
export const CONNECTION_FORMATS: readonly [ConnectionFormat, ...ConnectionFormat[]] = [txt, json, csv, md, dot]
