import type { Command } from '../command.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { explain } from './explain.ts'
import { list } from './list.ts'
import { query } from './query.ts'

/** What `drawbridge` can do, in the order of the help. */
export const COMMANDS: readonly Command[] = [list, query, explain, diff, check]
